// The rows of column files: what counts and most SQL queries need of each sealed entry, without its states.
import { type ArchivedLeaf, readCommittedEntry } from './archive-line.ts';

/** The name and type of each column, in order. `time` columns are epoch milliseconds here and timestamps in SQL. */
export const columnTypes = {
  leaf_index: 'number',
  id: 'text',
  occurred_at: 'time',
  recorded_at: 'time',
  late: 'boolean',
  /** When the entry expires. Null if it is kept forever. */
  expires_at: 'time',
  action: 'text',
  verdict: 'text',
  decision: 'text',
  role: 'text',
  permission: 'text',
  user_id: 'text',
  user_name: 'text',
  user_type: 'text',
  account_id: 'text',
  region: 'text',
  environment: 'text',
  target_kind: 'text',
  target_type: 'text',
  target_id: 'text',
  target_name: 'text',
  service_name: 'text',
  change_count: 'number',
} as const;

export type ColumnName = keyof typeof columnTypes;
type Values = {
  readonly number: number;
  readonly text: string;
  readonly time: number;
  readonly boolean: boolean;
};
type ColumnValues = { readonly [Name in ColumnName]: Values[(typeof columnTypes)[Name]] };
type NullableColumn = 'expires_at' | 'user_name' | 'environment' | 'service_name';

/** The columns that can be null. */
export const nullableColumns: ReadonlySet<ColumnName> = new Set<NullableColumn>([
  'expires_at',
  'user_name',
  'environment',
  'service_name',
]);

/** One sealed entry. */
export type ColumnRow = Omit<ColumnValues, NullableColumn> & {
  readonly [Name in NullableColumn]: ColumnValues[Name] | null;
};

/** The latest time that every reader of timestamps in milliseconds supports, the end of the year 9999. */
const maxMillis = Date.UTC(10_000, 0) - 1;

/** Returns the row of an entry, or `undefined` if the leaf is not that of an entry. */
export function toColumnRow({ index, committed, expiresAt }: ArchivedLeaf): ColumnRow | undefined {
  const entry = readCommittedEntry(committed);
  if (entry === undefined || entry.dispute !== undefined) return undefined;
  const { fields } = entry;
  const { user, target } = fields;
  const [occurredAt, recordedAt] = [Date.parse(fields.timestamp), Date.parse(fields.recordedAt)];
  if (Number.isNaN(occurredAt) || Number.isNaN(recordedAt)) return undefined;
  return {
    leaf_index: index,
    id: fields.id,
    occurred_at: occurredAt,
    recorded_at: recordedAt,
    late: fields.late,
    expires_at:
      expiresAt === undefined ? null : Math.max(0, Math.min(Math.round(expiresAt * 1000), maxMillis)),
    action: fields.action,
    verdict: fields.verdict,
    decision: fields.decision,
    role: fields.role,
    permission: fields.permission,
    user_id: user.id,
    user_name: user.name ?? null,
    user_type: user.type,
    account_id: fields.accountId,
    region: fields.region,
    environment: fields.environment ?? null,
    target_kind: target.kind,
    target_type: target.type,
    target_id: target.id,
    target_name: target.name,
    service_name: target.serviceName ?? null,
    change_count: fields.changeCount,
  };
}
