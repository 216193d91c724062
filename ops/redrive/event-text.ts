// Formats a rejected event as the file that an operator edits, and parses the edited file: the editable fields as JSON,
// below comments that list the problems.

import { eventIdSchema } from '../../core/contract/identifiers.ts';
import { redactDetail } from '../../core/contract/redact-detail.ts';
import { checkEnvelope } from '../../core/contract/validation.ts';
import type { Issue } from '../../core/values/issue.ts';
import { isJsonObject, type JsonObject } from '../../core/values/json.ts';
import { parseJson } from '../../core/values/parse-json.ts';
import { escapeForTerminal } from '../../core/values/terminal-text.ts';
import type { RejectedEvent } from './classification.ts';

type RejectionIssue = RejectedEvent['issues'][number];

/** The fields that the producer sets. EventBridge sets the others, which must not change. */
const editableFields = ['source', 'detail-type', 'detail'] as const;

/** The editable fields of the event as JSON. */
export function toJson({ envelope }: RejectedEvent): string {
  const fields = editableFields.filter((name) => envelope[name] !== undefined);
  return JSON.stringify(Object.fromEntries(fields.map((name) => [name, envelope[name]])), null, 2);
}

/** The text of the file: comments that list the issues, then the JSON, original or as last saved. */
export function withComments(
  json: string,
  { rejectedAt, envelope }: RejectedEvent,
  issues: readonly RejectionIssue[],
): string {
  const lines = [
    `Rejected ${rejectedAt}. Problems:`,
    ...issues.map(({ path, code, message }) => `  ${path || '/'} ${code} ${message}`),
    `Sent by account ${envelope.account}. The account and a valid event id cannot be changed.`,
    'Save your changes to send the event again. Save the file unchanged or empty to leave the event in the queue.',
    'Lines that begin with // are ignored.',
  ];
  return `${lines.map((line) => `// ${escapeForTerminal(line)}`).join('\n')}\n${json}\n`;
}

/** The JSON of the file without the comments; empty when the file is empty. */
export function withoutComments(text: string): string {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => !line.trimStart().startsWith('//'))
    .join('\n')
    .trim();
}

/** Returns the edited event, redacted and ready for the ingest queue, or the remaining issues. */
export function parseEdited(
  text: string,
  { envelope }: RejectedEvent,
): { readonly event: JsonObject } | { readonly issues: readonly Issue[] } {
  const parsed = parse(text);
  if ('issues' in parsed) return parsed;
  const event = { ...envelope, ...parsed.fields };
  const checked = checkEnvelope(event);
  if ('issues' in checked) return checked;
  const { eventId } = envelope.detail;
  if (eventIdSchema.safeParse(eventId).success && checked.value.detail.eventId !== eventId) {
    return fail('/detail/eventId', 'MISMATCH', `must stay ${eventId}: a different id is a different event`);
  }
  // The operator may have typed a secret in place of its marker.
  return { event: { ...event, detail: redactDetail(checked.value.detail) as unknown as JsonObject } };
}

function parse(text: string): { readonly fields: JsonObject } | { readonly issues: readonly Issue[] } {
  let fields: unknown;
  try {
    fields = parseJson(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return fail('', 'NOT_JSON', `must be JSON: ${error.message}`);
  }
  if (!isJsonObject(fields))
    return fail('', 'INVALID_VALUE', `must be an object with ${editableFields.join(', ')}`);
  const other = Object.keys(fields).find((key) => !editableFields.some((name) => name === key));
  if (other !== undefined) {
    return fail(
      `/${other}`,
      'UNKNOWN_FIELD',
      `must be absent: only ${editableFields.join(', ')} can be edited`,
    );
  }
  return { fields };
}

function fail(path: string, code: Issue['code'], message: string): { issues: Issue[] } {
  return { issues: [{ path, code, message }] };
}
