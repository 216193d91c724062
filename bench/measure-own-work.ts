// What the recorder does by itself with a message, step by step: time that no store is asked in.
import { outlineChanges } from '../core/changes/change-outline.ts';
import { listFieldChanges } from '../core/changes/changes.ts';
import type { EventDetail } from '../core/contract/event.ts';
import { redactDetail } from '../core/contract/redact-detail.ts';
import { checkEnvelope } from '../core/contract/validation.ts';
import { directoryRowsOf } from '../core/directory/directory-rows.ts';
import { contentOf, hashContent } from '../core/entry/content-hash.ts';
import { deriveEntryId } from '../core/entry/derive-entry-id.ts';
import type { LogEntry } from '../core/entry/entry.ts';
import { parseRfc3339 } from '../core/values/timestamp.ts';
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

/** Takes each step by itself over each batch; `buildEntry` makes the entry that the later steps need. */
export function measureOwnWork(
  batches: readonly (readonly string[])[],
  buildEntry: (body: string) => LogEntry,
): OwnWork {
  const samples: OwnWork[] = batches.map((bodies) => {
    const details: EventDetail[] = bodies.map((body) => checkedDetail(body));
    const entries = bodies.map(buildEntry);
    return {
      check: millisEach(bodies, checkedDetail),
      redact: millisEach(details, (detail) => redactDetail(detail)),
      compare: millisEach(entries, ({ before, after }) => outlineChanges(listFieldChanges(before, after))),
      identify: millisEach(entries, (entry) => [
        deriveEntryId(identityOf(entry)),
        hashContent(contentOf(entry)),
      ]),
      directory: millisEach(entries, directoryKeysOf),
      pack: millisEach(entries, (entry) => toStorable(entry, {})),
      inTurn: millisEach(bodies, (body) => {
        const entry = buildEntry(body);
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
