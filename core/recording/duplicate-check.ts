// Tells a resend of a stored entry from an event that only claims its identity.
import canonicalize from 'canonicalize';
import { redactDetail } from '../contract/redact-detail.ts';
import { contentOf } from '../entry/content-hash.ts';
import type { LogEntry } from '../entry/entry.ts';
import { equalModuloRedaction } from '../redaction/engine/equal-modulo-redaction.ts';
import type { StoredEntry } from '../storage/ports.ts';
import type { JsonValue } from '../values/json.ts';

/**
 * Whether `incoming`, which has the identity of `stored`, says the same. When the two were redacted under
 * different rules, both are compared under today's, without the numbers of their markers: other rules may have seen more
 * or fewer of the places where one secret stood. Where a marker stands under the one set of rules, any text may stand
 * under the other: a secret that is a marker already cannot be known again in the places that were left, and today's rules
 * may show what former ones hid. Only then are the stored states read, which fails with STATES_UNREADABLE when they
 * cannot be.
 */
export async function isDuplicate(stored: StoredEntry, incoming: LogEntry): Promise<boolean> {
  const { contentHash, redactionVersion } = stored.head;
  if (contentHash === incoming.contentHash) return true;
  if (redactionVersion === incoming.redactionVersion) return false;
  return equalModuloRedaction(comparable(await stored.readFull()), comparable(incoming));
}

/** The content under today's rules, as JSON has it. */
function comparable(entry: LogEntry): JsonValue {
  const content = contentOf(entry);
  return JSON.parse(canonicalize({ ...content, detail: redactDetail(content.detail) }) ?? 'null');
}
