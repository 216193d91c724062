// What the recorder does by itself with a message, step by step: time that no store is asked in.
import { outlineChanges } from '../core/change-outline.ts';
import { listFieldChanges } from '../core/changes.ts';
import { contentOf, hashContent } from '../core/content-hash.ts';
import { directoryRowsOf } from '../core/directory-rows.ts';
import type { LogEntry } from '../core/entry.ts';
import type { EventDetail } from '../core/event.ts';
import { entryIdOf } from '../core/identify.ts';
import { redactDetail } from '../core/redaction/redact.ts';
import { parseRfc3339 } from '../core/timestamp.ts';
import { checkEnvelope } from '../core/validation.ts';
import { directoryKeyOf } from '../store/directory-item.ts';
import { toStorable } from '../store/entry-item.ts';
import { quantile } from './statistics.ts';

/** Milliseconds a message, median of the batches. */
export interface OwnWork {
  readonly check: number;
  readonly redact: number;
  readonly compare: number;
  /** The entry's id and the hash of its content. */
  readonly identify: number;
  /** The keys by which its directory rows are known to be written. */
  readonly directory: number;
  readonly pack: number;
  /** All of them one after the other for each message: what one step leaves in the processor's caches the next evicts. */
  readonly inTurn: number;
}

/** Takes each step by itself over each batch; `admit` makes the entry that the later steps need. */
export function measureOwnWork(
  batches: readonly (readonly string[])[],
  admit: (body: string) => LogEntry,
): OwnWork {
  const samples: OwnWork[] = batches.map((bodies) => {
    const details: EventDetail[] = bodies.map((body) => checkedDetail(body));
    const entries = bodies.map(admit);
    return {
      check: millisEach(bodies, checkedDetail),
      redact: millisEach(details, (detail) => redactDetail(detail)),
      compare: millisEach(entries, ({ before, after }) => outlineChanges(listFieldChanges(before, after))),
      identify: millisEach(entries, (entry) => [entryIdOf(identityOf(entry)), hashContent(contentOf(entry))]),
      directory: millisEach(entries, directoryKeysOf),
      pack: millisEach(entries, (entry) => toStorable(entry, {})),
      inTurn: millisEach(bodies, (body) => {
        const entry = admit(body);
        return [directoryKeysOf(entry), toStorable(entry, {})];
      }),
    };
  });
  const median = (step: keyof OwnWork) =>
    quantile(
      samples.map((sample) => sample[step]),
      0.5,
    );
  return {
    check: median('check'),
    redact: median('redact'),
    compare: median('compare'),
    identify: median('identify'),
    directory: median('directory'),
    pack: median('pack'),
    inTurn: median('inTurn'),
  };
}

function checkedDetail(body: string): EventDetail {
  const checked = checkEnvelope(JSON.parse(body));
  if ('issues' in checked) throw new Error(JSON.stringify(checked.issues));
  return checked.value.detail;
}

function directoryKeysOf(entry: LogEntry) {
  return directoryRowsOf(entry).map((row) => directoryKeyOf(entry.organizationId, row));
}

function identityOf(entry: LogEntry) {
  const occurredAtMillis = parseRfc3339(entry.timestamp);
  if (occurredAtMillis === undefined) throw new Error(`no time: ${entry.timestamp}`);
  return { ...entry, occurredAtMillis };
}

function millisEach<T>(values: readonly T[], step: (value: T) => unknown): number {
  const begun = performance.now();
  for (const value of values) step(value);
  return (performance.now() - begun) / values.length;
}
