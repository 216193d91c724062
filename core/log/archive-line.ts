// The line of a leaf in the archive: what the leaf commits to, and the fields of the entry as flat columns for SQL. The
// columns follow from the committed text, so a verifier rebuilds the line and compares. Also runs in browsers.
import * as z from 'zod/mini';
import { fromBase64, toBase64 } from '../values/bytes.ts';

/** An archived entry or dispute. */
export interface ArchivedLeaf {
  readonly index: number;
  readonly nonce: Uint8Array;
  /** The text that the leaf commits to. */
  readonly committed: string;
  /** When the entry expires, in epoch seconds. Absent if it is kept forever. */
  readonly expiresAt?: number | undefined;
}

const optionalText = z.optional(z.string());

const fieldsSchema = z.object({
  id: z.string(),
  timestamp: z.string(),
  recordedAt: z.string(),
  late: z.boolean(),
  user: z.object({
    id: z.string(),
    name: optionalText,
    type: z.string(),
    email: optionalText,
    sourceIp: optionalText,
    userAgent: optionalText,
    onBehalfOf: z.optional(z.object({ id: z.string(), name: optionalText })),
  }),
  role: z.string(),
  permission: z.string(),
  decision: z.string(),
  verdict: z.string(),
  accountId: z.string(),
  region: z.string(),
  environment: optionalText,
  action: z.string(),
  target: z.object({
    kind: z.string(),
    type: z.string(),
    id: z.string(),
    name: z.string(),
    serviceName: optionalText,
  }),
  changedPaths: z.optional(z.array(z.string())),
  changeCount: z.number(),
  requestId: optionalText,
  traceId: optionalText,
  reason: optionalText,
  workRef: optionalText,
  eventId: z.string(),
  source: z.string(),
  contentHash: z.string(),
  before: z.optional(z.unknown()),
  after: z.optional(z.unknown()),
  statesObject: z.optional(z.object({ sha256: z.string(), bytes: z.number() })),
});

const entrySchema = z.object({ kind: z.literal('entry'), entry: fieldsSchema });
const disputeSchema = z.object({
  kind: z.literal('dispute'),
  entryId: z.string(),
  slot: z.number(),
  event: fieldsSchema,
});
const committedSchema = z.union([entrySchema, disputeSchema]);

type ArchivedFields = z.infer<typeof fieldsSchema>;

/** The entry, or the disputing event, in an archived leaf. */
export interface ArchivedEntry {
  readonly fields: ArchivedFields;
  /** Disputes only: the disputed entry, and the number of the dispute. */
  readonly dispute?: { readonly entryId: string; readonly slot: number };
}

/** Returns the entry in a committed text, or `undefined` if the text is not that of an entry or a dispute. */
export function readCommittedEntry(committed: string): ArchivedEntry | undefined {
  const parsed = committedSchema.safeParse(parseJson(committed));
  if (!parsed.success) return undefined;
  const { data } = parsed;
  if (data.kind === 'entry') return { fields: data.entry };
  return { fields: data.event, dispute: { entryId: data.entryId, slot: data.slot } };
}

/**
 * The name and SQL type of each column of a line, in order. Times are UTC, RFC 3339 with milliseconds, except
 * `expires_at`, which is in epoch seconds as the leaf has it.
 */
export const archiveColumns = {
  leaf_index: 'bigint',
  id: 'string',
  occurred_at: 'string',
  recorded_at: 'string',
  late: 'boolean',
  expires_at: 'bigint',
  disputed_entry_id: 'string',
  dispute_number: 'bigint',
  action: 'string',
  verdict: 'string',
  decision: 'string',
  role: 'string',
  permission: 'string',
  user_id: 'string',
  user_name: 'string',
  user_type: 'string',
  user_email: 'string',
  source_ip: 'string',
  user_agent: 'string',
  on_behalf_of_id: 'string',
  on_behalf_of_name: 'string',
  account_id: 'string',
  region: 'string',
  environment: 'string',
  target_kind: 'string',
  target_type: 'string',
  target_id: 'string',
  target_name: 'string',
  service_name: 'string',
  change_count: 'bigint',
  changed_paths: 'array<string>',
  reason: 'string',
  work_ref: 'string',
  request_id: 'string',
  trace_id: 'string',
  event_id: 'string',
  source: 'string',
  content_hash: 'string',
  /** The states as JSON text. Absent if they are stored in an object, which the next two columns describe. */
  before: 'string',
  after: 'string',
  states_sha256: 'string',
  states_bytes: 'bigint',
  /** SHA-256 of the nonce followed by the committed text is what the leaf contains. */
  nonce: 'string',
  committed: 'string',
} as const;

export type ArchiveColumn = keyof typeof archiveColumns;
type ColumnValue = string | number | boolean | readonly string[] | undefined;

/**
 * Returns the line of a leaf, without a line break. A text that is not that of an entry or a dispute gets a line without
 * the columns of the entry, so that nothing that was sealed is missing from the archive.
 */
export function toArchiveLine(leaf: ArchivedLeaf): string {
  const entry = readCommittedEntry(leaf.committed);
  const { index: leaf_index, expiresAt: expires_at, committed } = leaf;
  const nonce = toBase64(leaf.nonce);
  const columns: Partial<Record<ArchiveColumn, ColumnValue>> =
    entry === undefined
      ? { leaf_index, expires_at, nonce, committed }
      : { leaf_index, ...columnsOf(entry), expires_at, nonce, committed };
  return JSON.stringify(columns);
}

type EntryColumn = Exclude<ArchiveColumn, 'leaf_index' | 'expires_at' | 'nonce' | 'committed'>;

function columnsOf({ fields, dispute }: ArchivedEntry): Record<EntryColumn, ColumnValue> {
  const { user, target, statesObject } = fields;
  return {
    id: fields.id,
    occurred_at: fields.timestamp,
    recorded_at: fields.recordedAt,
    late: fields.late,
    disputed_entry_id: dispute?.entryId,
    dispute_number: dispute?.slot,
    action: fields.action,
    verdict: fields.verdict,
    decision: fields.decision,
    role: fields.role,
    permission: fields.permission,
    user_id: user.id,
    user_name: user.name,
    user_type: user.type,
    user_email: user.email,
    source_ip: user.sourceIp,
    user_agent: user.userAgent,
    on_behalf_of_id: user.onBehalfOf?.id,
    on_behalf_of_name: user.onBehalfOf?.name,
    account_id: fields.accountId,
    region: fields.region,
    environment: fields.environment,
    target_kind: target.kind,
    target_type: target.type,
    target_id: target.id,
    target_name: target.name,
    service_name: target.serviceName,
    change_count: fields.changeCount,
    changed_paths: fields.changedPaths,
    reason: fields.reason,
    work_ref: fields.workRef,
    request_id: fields.requestId,
    trace_id: fields.traceId,
    event_id: fields.eventId,
    source: fields.source,
    content_hash: fields.contentHash,
    before: toText(fields.before),
    after: toText(fields.after),
    states_sha256: statesObject?.sha256,
    states_bytes: statesObject?.bytes,
  };
}

const lineSchema = z.object({
  leaf_index: z.number(),
  expires_at: z.optional(z.number()),
  nonce: z.string(),
  committed: z.string(),
});

/** Returns the leaf of a line, or `undefined` if the line is not exactly what `toArchiveLine` returns for a leaf. */
export function readArchiveLine(line: string): ArchivedLeaf | undefined {
  const parsed = lineSchema.safeParse(parseJson(line));
  if (!parsed.success) return undefined;
  const { leaf_index: index, expires_at: expiresAt, nonce: encoded, committed } = parsed.data;
  const nonce = fromBase64(encoded);
  if (nonce === undefined) return undefined;
  const leaf = { index, nonce, committed, ...(expiresAt !== undefined && { expiresAt }) };
  return toArchiveLine(leaf) === line ? leaf : undefined;
}

function toText(value: unknown): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
