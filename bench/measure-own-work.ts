// Measures the recorder's own work per message, step by step, without store requests.
import { outlineChanges } from '../core/changes/change-outline.ts';
import { compareStates } from '../core/changes/state-comparison.ts';
import type { EventDetail } from '../core/contract/event.ts';
import { redactDetail } from '../core/contract/redact-detail.ts';
import { checkEnvelope } from '../core/contract/validation.ts';
import { directoryRowsOf } from '../core/directory/directory-rows.ts';
import { contentOf } from '../core/entry/content.ts';
import { hashContent } from '../core/entry/content-hash.ts';
import { deriveEntryId } from '../core/entry/derive-entry-id.ts';
import type { LogEntry } from '../core/entry/entry.ts';
import { fixedShards } from '../core/storage/shard-counts.ts';
import { parseRfc3339 } from '../core/values/timestamp.ts';
import { directoryKeyOf } from '../store/directory-item.ts';
import { toStorable } from '../store/entry-item.ts';
import { quantile } from './statistics.ts';

/** Milliseconds per message, the median of the batches. */
export interface OwnWork {
  readonly check: number;
  readonly redact: number;
  readonly compare: number;
  /** Deriving the entry ID and the content hash. */
  readonly identify: number;
  /** Computing the keys of the directory rows. */
  readonly directory: number;
  readonly pack: number;
  /**
   * All steps in sequence for each message. They take longer this way, because they evict each other from the CPU
   * caches.
   */
  readonly inTurn: number;
}

/** Measures each step separately over each batch. `buildEntry` builds the entry that the later steps need. */
export function measureOwnWork(
  batches: readonly (readonly string[])[],
  buildEntry: (body: string) => LogEntry,
): OwnWork {
  const samples: OwnWork[] = batches.map((bodies) => {
    const details: EventDetail[] = bodies.map((body) => checkedDetail(body));
    const entries = bodies.map(buildEntry);
    return {
      check: measureMillisPerValue(bodies, checkedDetail),
      redact: measureMillisPerValue(details, (detail) => redactDetail(detail)),
      compare: measureMillisPerValue(entries, ({ before, after }) =>
        outlineChanges(compareStates(before, after)),
      ),
      identify: measureMillisPerValue(entries, (entry) => [
        deriveEntryId(identityOf(entry)),
        hashContent(contentOf(entry)),
      ]),
      directory: measureMillisPerValue(entries, directoryKeysOf),
      pack: measureMillisPerValue(entries, (entry) => toStorable(entry, fixedShards())),
      inTurn: measureMillisPerValue(bodies, (body) => {
        const entry = buildEntry(body);
        return [directoryKeysOf(entry), toStorable(entry, fixedShards())];
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
  if (occurredAtMillis === undefined) throw new Error(`invalid timestamp: ${entry.timestamp}`);
  return { ...entry, occurredAtMillis };
}

function measureMillisPerValue<T>(values: readonly T[], step: (value: T) => unknown): number {
  const start = performance.now();
  for (const value of values) step(value);
  return (performance.now() - start) / values.length;
}
