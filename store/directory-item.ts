// Converts directory rows to items of the directory table and back.
import * as z from 'zod/mini';
import { directoryPartitionKey, directorySortKey } from '../core/storage/keys.ts';
import type { DirectoryRow, FoundRow } from '../core/storage/ports.ts';
import { directoryAttributes } from '../core/storage/table-attributes.ts';
import { omitUndefined } from '../core/values/json.ts';

const { pk, sk, term, value, name, email, seenAt } = directoryAttributes;

const itemSchema = z.object({
  [sk]: z.string(),
  [term]: z.string(),
  [value]: z.string(),
  [name]: z.optional(z.string()),
  [email]: z.optional(z.string()),
  [seenAt]: z.optional(z.number()),
});

/** The primary key of an item of the directory table. */
export type DirectoryKey = Readonly<Record<typeof pk | typeof sk, string>>;

export function directoryKeyOf(organizationId: string, row: DirectoryRow): DirectoryKey {
  return {
    [pk]: directoryPartitionKey(organizationId, row.field, row.accountId),
    [sk]: directorySortKey(row.term, row.value),
  };
}

export function toDirectoryItem(key: DirectoryKey, row: DirectoryRow): Record<string, unknown> {
  return omitUndefined({
    ...key,
    [term]: row.term,
    [value]: row.value,
    [name]: row.name,
    [email]: row.email,
    [seenAt]: row.seenAtMillis,
  });
}

/** Returns the row of an item. `from` holds the fields that the partition key implies. */
export function fromDirectoryItem(item: unknown, from: Pick<DirectoryRow, 'field' | 'accountId'>): FoundRow {
  const parsed = itemSchema.parse(item);
  return {
    field: from.field,
    accountId: from.accountId,
    position: parsed[sk],
    term: parsed[term],
    value: parsed[value],
    name: parsed[name],
    email: parsed[email],
    seenAtMillis: parsed[seenAt],
  };
}
