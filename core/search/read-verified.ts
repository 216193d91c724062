// Reads an entry in full and verifies its content. Says nothing about who can see the entry.
import { contentOf } from '../entry/content.ts';
import { hashContent } from '../entry/content-hash.ts';
import type { LogEntry } from '../entry/entry.ts';
import type { StoredEntry } from '../storage/ports.ts';
import { errorCodes, RequestLogsError } from '../values/errors.ts';

/**
 * Returns the entry with its states. Fails with STATES_UNREADABLE if they cannot be read, and with ENTRY_ALTERED if the
 * content does not match its recorded content hash.
 */
export async function readVerified(stored: StoredEntry): Promise<LogEntry> {
  const entry = await stored.readFull();
  if (hashContent(contentOf(entry)) === entry.contentHash) return entry;
  throw new RequestLogsError(
    errorCodes.entryAltered,
    'the stored entry does not match its content hash: it was altered after it was recorded',
  );
}
