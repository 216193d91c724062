// Checks the items of the entries table against the leaves of the logs: that each item is in its log, exactly as it is
// stored and at a place that fits its recording time, and that each leaf that has not expired still has its item.
import { toHex } from '../values/bytes.ts';
import { dayMillis } from '../values/timestamp.ts';
import type { CheckedLog, Disagreement } from './check-log.ts';
import { type LeafKind, readLeaf, toLeaf } from './leaf.ts';
import { maxClockSkewMillis } from './object-keys.ts';
import type { ItemImage } from './ports.ts';
import type { DescribeItem } from './sealable.ts';

/** An item that was recorded this long ago must be sealed. */
const sealedWithinMillis = 15 * 60_000;

/** An entry is sealed at most this long after it was recorded, unless the sealer stood still: the stream keeps a day. */
const maxWaitMillis = dayMillis;

/** Compares items with logs. Give it every item of the table, in any order, then ask for what is missing. */
export class ItemCheck {
  readonly #logs: ReadonlyMap<string, CheckedLog>;
  readonly #describe: DescribeItem;
  readonly #nowMillis: number;
  readonly #seen = new Map<string, Set<number>>();
  /** Items that are not sealed yet. */
  waiting = 0;

  /** The logs by organization. */
  constructor(logs: ReadonlyMap<string, CheckedLog>, describe: DescribeItem, nowMillis: number) {
    this.#logs = logs;
    this.#describe = describe;
    this.#nowMillis = nowMillis;
  }

  /** Returns what is wrong with an item. `key` names it in reports. */
  check(item: ItemImage, key: string): Disagreement | undefined {
    const sealable = this.#describe(item);
    if (sealable === undefined) return { subject: key, problem: 'is not an item that the recorder writes' };
    const { organizationId, recordedAtMillis } = sealable;
    const log = this.#logs.get(organizationId);
    const index = log?.indexes.get(toHex(toLeaf(sealable)));
    if (log === undefined || index === undefined) {
      if (recordedAtMillis > this.#nowMillis - sealedWithinMillis) {
        this.waiting++;
        return undefined;
      }
      return { subject: key, problem: 'is not in the sealed log as it is stored: it was changed or added' };
    }
    const seen = this.#seen.get(organizationId) ?? new Set();
    this.#seen.set(organizationId, seen.add(index));
    const sealedAtMillis = sealingTimeOf(log, index);
    if (sealedAtMillis === undefined) return undefined;
    const wait = sealedAtMillis - recordedAtMillis;
    if (wait <= maxWaitMillis && wait >= -maxClockSkewMillis) return undefined;
    const times = `${toTime(recordedAtMillis)}, but was sealed at ${toTime(sealedAtMillis)}`;
    return { subject: key, problem: `says that it was recorded at ${times}: it might be backdated` };
  }

  /**
   * Yields the leaves of an organization whose items are missing, and the evidence of changes that the log contains. Call
   * it after every item was checked.
   */
  *listMissing(organizationId: string): Generator<Disagreement> {
    const log = this.#logs.get(organizationId);
    const today = Math.floor(this.#nowMillis / dayMillis);
    for (const [hex, index] of log?.indexes ?? []) {
      const header = readLeaf(fromHex(hex));
      if (header === undefined || this.#seen.get(organizationId)?.has(index)) continue;
      const evidence = evidenceProblems[header.kind];
      const isExpired = header.expiryDay !== undefined && header.expiryDay <= today;
      if (evidence !== undefined) yield { subject: `leaf ${index}`, problem: evidence };
      else if (!isExpired) yield { subject: `leaf ${index}`, problem: describeMissing(log, index) };
    }
  }
}

const evidenceProblems: Readonly<Partial<Record<LeafKind, string>>> = {
  modification: 'is evidence of an item that was modified',
  removal: 'is evidence of an item that was removed before it expired',
  foreign: 'is evidence of an item that the recorder did not write',
};

function describeMissing(log: CheckedLog | undefined, index: number): string {
  const sealedAt = log && sealingTimeOf(log, index);
  const when = sealedAt === undefined ? '' : `, sealed at ${toTime(sealedAt)},`;
  return `has no item${when}: its entry was removed or changed`;
}

/** Returns when the batch with this leaf was decided, by binary search. */
function sealingTimeOf({ batches }: CheckedLog, index: number): number | undefined {
  let [low, high] = [0, batches.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((batches[middle]?.size ?? 0) <= index) low = middle + 1;
    else high = middle;
  }
  return batches[low]?.decidedAtMillis;
}

function toTime(millis: number): string {
  return new Date(millis).toISOString();
}

function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}
