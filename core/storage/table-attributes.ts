// Attribute and index names of the two tables: the one place that infrastructure, store and tests take them
// from. Attribute names are short because DynamoDB bills them with every item and index entry.

/** The five global secondary indexes of the entry table; each is sorted by the entry id. */
export const indexNames = {
  time: 'byTime',
  user: 'byUser',
  action: 'byAction',
  accountRegion: 'byAccountRegion',
  resourceName: 'byResourceName',
} as const;

export type IndexKey = keyof typeof indexNames;

/** Attributes of an item of the entry table. */
export const entryAttributes = {
  /** Partition key of the base table: organisation and identity. */
  pk: 'pk',
  /** The entry id (ULID), sort key of every index. */
  id: 'id',
  /** The list view, the one attribute that every index projects. */
  view: 'v',
  /** States and actor details, compressed; only in the base table. */
  detail: 'd',
  /** Of states that do not fit the item: SHA-256 and bytes of the object that holds them. Absent from others. */
  overflow: 'o',
  /** Epoch seconds after which the entry is expired (TTL); absent when entries are kept for ever. */
  expiresAt: 'expiresAt',
} as const;

/** Where the list view has the time of expiry, so that lists leave out what has expired. */
export const viewExpiresAt = 'ex';

/** The partition key attribute of each index. */
export const indexPartitionAttributes = {
  time: 't',
  user: 'u',
  action: 'a',
  accountRegion: 'r',
  resourceName: 'n',
} as const satisfies Record<IndexKey, string>;

/** Attributes of an item of the directory table. */
export const directoryAttributes = {
  /** Organisation, field and account; organisation and field for accounts and regions. */
  pk: 'pk',
  /** The folded search term and the value it stands for. */
  sk: 'sk',
  /** The term as it was seen, upper and lower case. */
  term: 't',
  value: 'v',
  /** Of users: the name and e-mail address last known, and the time of the event that told them. */
  name: 'm',
  email: 'e',
  seenAt: 's',
} as const;

/**
 * What the keys of objects begin with whose entries are kept for so many days: S3 expires objects by it. No organisation
 * is named like it, as its name has no dot.
 */
export function retentionPrefix(days: number): string {
  return `retention.${days}/`;
}
