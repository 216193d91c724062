// Distinguishes a resend of a recorded event from a different event with the same identity.

import { redactDetail } from '../contract/redact-detail.ts';
import { contentOf } from '../entry/content.ts';
import type { LogEntry } from '../entry/entry.ts';
import { equalModuloRedaction } from '../redaction/engine/equal-modulo-redaction.ts';
import type { StoredEntry } from '../storage/ports.ts';
import { canonicalJson } from '../values/canonical-json.ts';
import type { JsonValue } from '../values/json.ts';

/**
 * Whether `incoming`, which has the identity of `stored`, also has the same content. If the two were redacted under
 * different rules, or if the service declared secrets for either, both are redacted under the current rules and
 * compared without marker numbers, because one side can hide a secret in more or fewer places. A marker on one side then
 * matches any text on the other: the current rules cannot find a secret that is already a marker, and can show text
 * that earlier rules hid. Outside markers, the two must be equal. Only this comparison reads the stored states, and it
 * fails with STATES_UNREADABLE if that is not possible.
 */
export async function isDuplicate(stored: StoredEntry, incoming: LogEntry): Promise<boolean> {
  const { contentHash, redactionVersion, secretsDeclared = false } = stored.head;
  if (contentHash === incoming.contentHash) return true;
  const isDeclared = secretsDeclared || incoming.secretsDeclared === true;
  if (redactionVersion === incoming.redactionVersion && !isDeclared) return false;
  return equalModuloRedaction(comparable(await stored.readFull()), comparable(incoming));
}

/** Returns the content as JSON, redacted under the current rules. */
function comparable(entry: LogEntry): JsonValue {
  const content = contentOf(entry);
  return JSON.parse(canonicalJson({ ...content, detail: redactDetail(content.detail) }));
}
