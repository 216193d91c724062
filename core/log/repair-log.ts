// Repairs logs after records of the stream were lost without notice: finds the items of the table that are in no log, and
// has the sealer scan the table. Seals and signs nothing itself.
import { toHex } from '../values/bytes.ts';
import { dayMillis } from '../values/timestamp.ts';
import { type CheckedLog, checkLog, type Disagreement } from './check-log.ts';
import { type LeafKind, readLeaf, toLeaf } from './leaf.ts';
import { logRoot } from './object-keys.ts';
import type { EntryScan, ItemImage, LogObjects, SequencerStore } from './ports.ts';
import type { DescribeItem } from './sealable.ts';
import { decodeState, encodeState } from './sequencer-state.ts';
import type { NoteKey } from './signed-note.ts';

/** What a repair reads. */
export interface RepairPorts {
  readonly objects: LogObjects;
  readonly entries: EntryScan;
  readonly describe: DescribeItem;
  /** The key of any of the logs. All logs of a stack are signed with it, under different names. */
  readonly key: NoteKey;
  readonly nowMillis: number;
}

/** What a repair has to do, and why it must not be done. */
export interface RepairPlan {
  logs: number;
  items: number;
  /** Items that were recorded a short time ago, which the sealer seals without a repair. */
  waiting: number;
  /** Items that are in no log. A scan seals them. */
  readonly unsealed: ItemImage[];
  /** What does not match the signed checkpoints. With any, the table was changed and not only the stream lost. */
  readonly problems: Disagreement[];
}

export const newPlan = (): RepairPlan => ({ logs: 0, items: 0, waiting: 0, unsealed: [], problems: [] });

/** An item that was recorded this long ago must be sealed. */
const sealedWithinMillis = 15 * 60_000;

/** Items read at once. */
const pageItems = 500;

/**
 * Compares every item with the logs, and adds what it finds to the plan. Needs about 200 bytes of memory for each leaf.
 * Stops early if the signal aborts. Fails with STORE_UNAVAILABLE.
 */
export async function planRepair(ports: RepairPorts, plan: RepairPlan, signal: AbortSignal): Promise<void> {
  const { objects, entries, key } = ports;
  const logs = new Map<string, CheckedLog>();
  const seen = new Map<string, Set<number>>();
  for (const organizationId of await objects.listFolders(logRoot)) {
    if (signal.aborted) return;
    const name = key.name.replace(/[^/]*$/, organizationId);
    const log = await checkLog({ objects, organizationId, key: { ...key, name } });
    for (const { subject, problem } of log.disagreements) {
      plan.problems.push({ subject: `log of ${organizationId}: ${subject}`, problem });
    }
    logs.set(organizationId, log);
    seen.set(organizationId, new Set());
    plan.logs++;
  }
  let after: string | undefined;
  do {
    const page = await entries.scan(after, pageItems);
    for (const item of page.items) addItem(item, ports, logs, seen, plan);
    after = page.next;
  } while (after !== undefined && !signal.aborted);
  if (signal.aborted) return;
  for (const [organizationId, { indexes }] of logs) {
    for (const [hex, index] of indexes) {
      if (seen.get(organizationId)?.has(index) || !mustHaveItem(hex, ports.nowMillis)) continue;
      const subject = `log of ${organizationId}: leaf ${index}`;
      plan.problems.push({ subject, problem: 'has no item: its entry was removed or changed' });
    }
  }
}

function addItem(
  item: ItemImage,
  { describe, nowMillis }: RepairPorts,
  logs: ReadonlyMap<string, CheckedLog>,
  seen: ReadonlyMap<string, Set<number>>,
  plan: RepairPlan,
): void {
  plan.items++;
  const sealable = describe(item);
  if (sealable === undefined) {
    plan.unsealed.push(item);
    return;
  }
  const { organizationId, recordedAtMillis } = sealable;
  const index = logs.get(organizationId)?.indexes.get(toHex(toLeaf(sealable)));
  if (index !== undefined) seen.get(organizationId)?.add(index);
  else if (recordedAtMillis > nowMillis - sealedWithinMillis) plan.waiting++;
  else plan.unsealed.push(item);
}

const kindsWithItem: readonly LeafKind[] = ['entry', 'dispute'];

/** Whether the leaf is that of an entry or a dispute that has not expired. */
function mustHaveItem(hex: string, nowMillis: number): boolean {
  const header = readLeaf(Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16)));
  if (header === undefined || !kindsWithItem.includes(header.kind)) return false;
  return header.expiryDay === undefined || header.expiryDay > Math.floor(nowMillis / dayMillis);
}

/** Attempts to write the sequencer item, which running sealers write too. */
const maxAttempts = 10;

/**
 * Has the sealer scan the table, from its start, in its next runs. Harmless while sealers run, and if it is repeated. Fails
 * with LOG_CONTRADICTED if the sequencer item is malformed, and with STORE_UNAVAILABLE.
 *
 * Returns `unneeded` if there is no sequencer item, because the first run of the sealer scans the table anyway, and `busy`
 * if sealers wrote the item each time.
 */
export async function requestScan(sequencer: SequencerStore): Promise<'requested' | 'unneeded' | 'busy'> {
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const item = await sequencer.read();
    if (item === undefined) return 'unneeded';
    const next = encodeState({ ...decodeState(item.value), scan: {} });
    if ((await sequencer.write(next, item.version)) === 'written') return 'requested';
  }
  return 'busy';
}
