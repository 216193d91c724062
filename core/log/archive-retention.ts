// Finds how long the entry of a leaf is kept, which decides where the archive stores it.
import { isEntryId } from '../entry/entry-id.ts';
import { retentionDaysOf } from '../entry/retention.ts';
import { readCommittedEntry } from './archive-line.ts';
import type { BatchLeaf } from './batch.ts';

const maxRetentionDays = 36_500;

/** Returns how long the entry, or the event that disputes it, is kept. A period that is no setting counts as forever. */
export function findRetention({ text, expiresAt }: BatchLeaf['content']): number | undefined {
  const entry = readCommittedEntry(text);
  const id = entry?.dispute?.entryId ?? entry?.fields.id;
  if (id === undefined || !isEntryId(id)) return undefined;
  const days = retentionDaysOf({ id, expiresAt });
  return days !== undefined && days >= 1 && days <= maxRetentionDays ? days : undefined;
}
