// Measures the size of an event: the first thousand events of the demonstration, built and packed by the product's own
// code, and counted by the rules of DynamoDB and EventBridge.
import { sizeOf } from '../../bench/simulated-store.ts';
import { buildEntry } from '../../core/recording/build-entry.ts';
import { fixedShards } from '../../core/storage/shard-counts.ts';
import { indexKeys } from '../../core/storage/shards.ts';
import { entryAttributes, indexPartitionAttributes } from '../../core/storage/table-attributes.ts';
import { toStorable } from '../../store/entry-item.ts';
import { demoBodies } from '../../test/support/demo-events.ts';
import { now, policy } from '../../test/support/fixtures.ts';

const sampleSize = 1_000;
const writeUnitBytes = 1024;

/** Bytes that DynamoDB adds to each item and index entry for billing. */
const storageOverheadBytes = 100;

export interface EventWeight {
  readonly writeUnits: number;
  /** Write units of the entries with a verdict other than PERMITTED, which one more index contains. */
  readonly findingUnits: number;
  readonly permittedUnits: number;
  /** Bytes in the base table, for which point-in-time recovery is billed. */
  readonly baseBytes: number;
  /** Bytes in the base table and all indexes. */
  readonly storedBytes: number;
  readonly eventBytes: number;
}

/** Returns the averages over the sample. */
export function weighEvent(): EventWeight {
  const weights = demoBodies(sampleSize).map(weigh);
  const mean = (of: Exclude<keyof Weight, 'isFinding'>, among = weights) =>
    among.reduce((sum, weight) => sum + weight[of], 0) / among.length;
  return {
    writeUnits: mean('writeUnits'),
    findingUnits: mean(
      'writeUnits',
      weights.filter(({ isFinding }) => isFinding),
    ),
    permittedUnits: mean(
      'writeUnits',
      weights.filter(({ isFinding }) => !isFinding),
    ),
    baseBytes: mean('baseBytes'),
    storedBytes: mean('storedBytes'),
    eventBytes: mean('eventBytes'),
  };
}

interface Weight extends Pick<EventWeight, 'writeUnits' | 'baseBytes' | 'storedBytes' | 'eventBytes'> {
  readonly isFinding: boolean;
}

function weigh(body: string): Weight {
  const admission = buildEntry(JSON.parse(body), policy, now);
  if ('issues' in admission) throw new Error(JSON.stringify(admission.issues));
  const { item } = toStorable(admission.entry, fixedShards());
  const bytesOf = (names: readonly string[]) =>
    names.reduce((sum, name) => sum + Buffer.byteLength(name) + sizeOf(item[name]), 0);
  const { pk, id, view } = entryAttributes;
  const base = bytesOf(Object.keys(item));
  const indexes = indexKeys
    .map((index) => indexPartitionAttributes[index])
    .filter((partition) => item[partition] !== undefined)
    .map((partition) => bytesOf([pk, id, view, partition]));
  const all = [base, ...indexes];
  return {
    isFinding: admission.entry.verdict !== 'PERMITTED',
    writeUnits: all.reduce((sum, bytes) => sum + Math.ceil(bytes / writeUnitBytes), 0),
    baseBytes: base + storageOverheadBytes,
    storedBytes: all.reduce((sum, bytes) => sum + bytes + storageOverheadBytes, 0),
    eventBytes: Buffer.byteLength(body),
  };
}
