// Describes the disputes of an entry to a caller who can see the entry. The differences are shown only if the caller
// can also see the account in the disputing event. The existence of the dispute is always shown, so that a forger
// cannot hide it by using another account.
import { type Caller, canSeeAccount } from '../access/caller.ts';
import { listChanges } from '../changes/changes.ts';
import { contentOf } from '../entry/content.ts';
import { hashContent } from '../entry/content-hash.ts';
import type { LogEntry } from '../entry/entry.ts';
import { identityHashOf } from '../entry/entry-id.ts';
import type { Dispute } from '../entry/entry-response-schemas.ts';
import type { StoredDispute } from '../storage/ports.ts';
import { errorCodes, RequestLogsError } from '../values/errors.ts';
import type { JsonObject } from '../values/json.ts';

/** Describes the disputes in order. Damaged and forged ones are marked as unreadable. Fails with STORE_UNAVAILABLE. */
export function describeDisputes(
  entry: LogEntry,
  disputes: readonly StoredDispute[],
  caller: Caller,
): Promise<Dispute[]> {
  return Promise.all(disputes.map((dispute) => describeDispute(entry, dispute, caller)));
}

async function describeDispute(entry: LogEntry, { event }: StoredDispute, caller: Caller): Promise<Dispute> {
  if (event === undefined) return { unavailable: 'UNREADABLE' };
  const { recordedAt, accountId, contentHash, producer } = event.head;
  if (!canSeeAccount(caller, accountId)) return { recordedAt, unavailable: 'OTHER_ACCOUNT' };
  const full = await readIfPossible(() => event.readFull());
  if (full === undefined || !isGenuine(full, entry)) return { recordedAt, unavailable: 'UNREADABLE' };
  return {
    recordedAt,
    contentHash,
    producer,
    differences: listChanges(comparable(entry), comparable(full)),
  };
}

async function readIfPossible(read: () => Promise<LogEntry>): Promise<LogEntry | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof RequestLogsError && error.code === errorCodes.statesUnreadable) return undefined;
    throw error;
  }
}

/** Whether the recorder can have stored this dispute: it has the entry's identity and a valid content hash. */
function isGenuine(event: LogEntry, entry: LogEntry): boolean {
  return (
    identityHashOf(event.id) === identityHashOf(entry.id) &&
    event.organizationId === entry.organizationId &&
    hashContent(contentOf(event)) === event.contentHash
  );
}

function comparable(entry: LogEntry): JsonObject {
  const { action, detail } = contentOf(entry);
  return { action, ...(detail as unknown as JsonObject) };
}
