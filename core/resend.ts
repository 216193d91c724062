// Tells a resend of a stored entry from an event that only claims its identity.
import canonicalize from 'canonicalize';
import { contentOf } from './content-hash.ts';
import type { LogEntry } from './entry.ts';
import { collapseMarkers } from './redaction/markers.ts';
import { redactDetail } from './redaction/redact.ts';

/**
 * Whether `incoming`, which has the identity of `stored`, says the same. When the two were redacted under
 * different rules, both are compared under today's, without the numbers of their markers: older rules may
 * have seen fewer of the places where one secret stood.
 */
export function isResend(stored: LogEntry, incoming: LogEntry): boolean {
  if (stored.contentHash === incoming.contentHash) return true;
  if (stored.redactionVersion === incoming.redactionVersion) return false;
  return comparableText(stored) === comparableText(incoming);
}

function comparableText(entry: LogEntry): string {
  const content = contentOf(entry);
  return collapseMarkers(canonicalize({ ...content, detail: redactDetail(content.detail) }) ?? '');
}
