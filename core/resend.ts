// Tells a resend of a stored entry from an event that only claims its identity.
import canonicalize from 'canonicalize';
import { contentOf } from './content-hash.ts';
import type { LogEntry } from './entry.ts';
import type { StoredEntry } from './ports.ts';
import { collapseMarkers } from './redaction/markers.ts';
import { redactDetail } from './redaction/redact.ts';

/**
 * Whether `incoming`, which has the identity of `stored`, says the same. When the two were redacted under
 * different rules, both are compared under today's, without the numbers of their markers: older rules may
 * have seen fewer of the places where one secret stood. Only then are the stored states read, which fails with
 * STATES_UNREADABLE when they cannot be.
 */
export async function isResend(stored: StoredEntry, incoming: LogEntry): Promise<boolean> {
  const { contentHash, redactionVersion } = stored.head;
  if (contentHash === incoming.contentHash) return true;
  if (redactionVersion === incoming.redactionVersion) return false;
  return comparableText(await stored.readWhole()) === comparableText(incoming);
}

function comparableText(entry: LogEntry): string {
  const content = contentOf(entry);
  return collapseMarkers(canonicalize({ ...content, detail: redactDetail(content.detail) }) ?? '');
}
