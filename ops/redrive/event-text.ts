// A rejected event as an operator edits it: what may be mended, below comments that say what is wrong.
import { eventIdSchema } from '../../core/contract/identifiers.ts';
import { redactDetail } from '../../core/contract/redact-detail.ts';
import { checkEnvelope } from '../../core/contract/validation.ts';
import type { Issue } from '../../core/values/issue.ts';
import { isJsonObject, type JsonObject } from '../../core/values/json.ts';
import { escapeForTerminal } from '../../core/values/terminal-text.ts';
import type { RejectedEvent } from './classification.ts';

type RejectionIssue = RejectedEvent['issues'][number];

/** What of an envelope its producer said; the rest is EventBridge's word and stays as it is. */
const mendable = ['source', 'detail-type', 'detail'] as const;

/** What of the event can be mended, as JSON to edit. */
export function toJson({ envelope }: RejectedEvent): string {
  const fields = mendable.filter((name) => envelope[name] !== undefined);
  return JSON.stringify(Object.fromEntries(fields.map((name) => [name, envelope[name]])), null, 2);
}

/** The file's text: comments that tell the issues, then the JSON as it was or was saved last. */
export function withComments(
  json: string,
  { rejectedAt, envelope }: RejectedEvent,
  issues: readonly RejectionIssue[],
): string {
  const lines = [
    `Rejected ${rejectedAt}. What is wrong:`,
    ...issues.map(({ path, code, message }) => `  ${path || '/'} ${code} ${message}`),
    `From account ${envelope.account}, which stays so, as does a valid event id. Save it mended, and it is sent again;`,
    'saved without a change or emptied, it is left in the queue. Lines that begin with // do not count.',
  ];
  return `${lines.map((line) => `// ${escapeForTerminal(line)}`).join('\n')}\n${json}\n`;
}

/** The JSON of the file, without the comments; empty when the file was emptied. */
export function withoutComments(text: string): string {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => !line.trimStart().startsWith('//'))
    .join('\n')
    .trim();
}

/** The mended event, ready for the ingest queue, or what is still wrong with it. */
export function parseEdited(
  text: string,
  { envelope }: RejectedEvent,
): { readonly event: JsonObject } | { readonly issues: readonly Issue[] } {
  const mended = parse(text);
  if ('issues' in mended) return mended;
  const event = { ...envelope, ...mended.fields };
  const checked = checkEnvelope(event);
  if ('issues' in checked) return checked;
  const { eventId } = envelope.detail;
  if (eventIdSchema.safeParse(eventId).success && checked.value.detail.eventId !== eventId) {
    return wrong('/detail/eventId', 'MISMATCH', `must stay ${eventId}: another id is another event`);
  }
  // As the emitter does it: somebody may have typed a secret in place of its marker.
  return { event: { ...event, detail: redactDetail(checked.value.detail) as unknown as JsonObject } };
}

function parse(text: string): { readonly fields: JsonObject } | { readonly issues: readonly Issue[] } {
  let fields: unknown;
  try {
    fields = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return wrong('', 'NOT_JSON', `must be JSON: ${error.message}`);
  }
  if (!isJsonObject(fields)) return wrong('', 'INVALID_VALUE', `must be an object of ${mendable.join(', ')}`);
  const other = Object.keys(fields).find((key) => !mendable.some((name) => name === key));
  if (other !== undefined) {
    return wrong(`/${other}`, 'UNKNOWN_FIELD', `must be absent: only ${mendable.join(', ')} can be mended`);
  }
  return { fields };
}

function wrong(path: string, code: Issue['code'], message: string): { issues: Issue[] } {
  return { issues: [{ path, code, message }] };
}
