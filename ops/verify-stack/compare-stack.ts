// Compares everything that a stack stores with the signed checkpoints of its logs. Read-only.

import { ItemCheck } from '../../core/log/check-items.ts';
import { type CheckedLog, checkLog, type Disagreement } from '../../core/log/check-log.ts';
import { logRoot } from '../../core/log/object-keys.ts';
import type { EntryScan, LogObjects } from '../../core/log/ports.ts';
import type { NoteKey } from '../../core/log/signed-note.ts';
import type { OverflowStore } from '../../core/storage/ports.ts';
import { entryAttributes } from '../../core/storage/table-attributes.ts';
import { describeItem } from '../../store/describe-item.ts';
import { checkItem } from './check-item.ts';

/** What is compared. */
export interface StackStores {
  readonly objects: LogObjects;
  readonly entries: EntryScan;
  readonly overflow: OverflowStore;
  /** The key of any of the logs. All logs of a stack are signed with it, under different names. */
  readonly key: NoteKey;
  readonly nowMillis: number;
}

/** The counts of a comparison. */
export interface ComparedCounts {
  logs: number;
  leaves: number;
  items: number;
  /** Items that are not sealed yet. */
  waiting: number;
}

export const newCounts = (): ComparedCounts => ({ logs: 0, leaves: 0, items: 0, waiting: 0 });

/** Items read at once. */
const pageItems = 500;

/**
 * Yields everything that disagrees. Needs about 200 bytes of memory for each leaf. Fails with STORE_UNAVAILABLE. Entries
 * that are recorded meanwhile count as waiting.
 */
export async function* compareStack(
  { objects, entries, overflow, key, nowMillis }: StackStores,
  counts: ComparedCounts,
  signal: AbortSignal,
): AsyncGenerator<Disagreement> {
  const logs = new Map<string, CheckedLog>();
  for (const organizationId of await objects.listFolders(logRoot)) {
    if (signal.aborted) return;
    const name = key.name.replace(/[^/]*$/, organizationId);
    const log = await checkLog({ objects, organizationId, key: { ...key, name } });
    logs.set(organizationId, log);
    counts.logs++;
    counts.leaves += log.indexes.size;
    for (const { subject, problem } of log.disagreements) {
      yield { subject: `log of ${organizationId}: ${subject}`, problem };
    }
  }
  const check = new ItemCheck(logs, describeItem, nowMillis);
  let after: string | undefined;
  do {
    const page = await entries.scan(after, pageItems);
    for (const item of page.items) {
      const subject = `item ${String(item[entryAttributes.pk])} (${String(item[entryAttributes.id])})`;
      const wrong = check.check(item, subject);
      if (wrong !== undefined) yield wrong;
      if (describeItem(item) === undefined) continue;
      const problem = await checkItem(item, overflow);
      if (problem !== undefined) yield { subject, problem };
    }
    counts.items += page.items.length;
    counts.waiting = check.waiting;
    after = page.next;
  } while (after !== undefined && !signal.aborted);
  if (signal.aborted) return;
  for (const organizationId of logs.keys()) {
    for (const { subject, problem } of check.listMissing(organizationId)) {
      yield { subject: `log of ${organizationId}: ${subject}`, problem };
    }
  }
}
