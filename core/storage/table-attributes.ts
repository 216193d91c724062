// Names the attributes and indexes of both tables. Infrastructure, stores and tests take the names only from here. The
// names are short because DynamoDB bills them with every item and index entry.

/**
 * The global secondary indexes of the entry table, each sorted by the entry ID. The first five contain every entry.
 * `finding` is sparse: it contains entries with a verdict other than PERMITTED, and disputes.
 */
export const indexNames = {
  time: 'byTime',
  user: 'byUser',
  action: 'byAction',
  accountRegion: 'byAccountRegion',
  resourceName: 'byResourceName',
  finding: 'byFinding',
} as const;

/** Identifies an index in the code. `indexNames` has its name in DynamoDB. */
export type IndexKey = keyof typeof indexNames;

/** Attributes of an item of the entry table. */
export const entryAttributes = {
  /** Partition key of the base table: organization and identity. */
  pk: 'pk',
  /** The entry ID (ULID), which is the sort key of every index. */
  id: 'id',
  /** The list view, the one attribute that every index projects. */
  view: 'v',
  /** Compressed states and actor details, only in the base table. */
  detail: 'd',
  /** SHA-256 and size of the object with states that do not fit in the item. Absent if they fit. */
  overflow: 'o',
  /** Disputes only: the ID and the list view of the disputing event. `id` and `v` are those of the disputed entry. */
  disputingId: 'di',
  disputingView: 'dv',
  /** 16 random bytes that hide the content of the entry's leaf in the sealed log. Absent in older entries. */
  nonce: 'nc',
  /** Epoch seconds when the entry expires (TTL). Absent if entries are kept forever. */
  expiresAt: 'expiresAt',
} as const;

/** The field of the list view with the expiry time, so that lists leave out expired entries. */
export const viewExpiresAt = 'ex';

/** The partition key attribute of each index. */
export const indexPartitionAttributes = {
  time: 't',
  user: 'u',
  action: 'a',
  accountRegion: 'r',
  resourceName: 'n',
  finding: 'f',
} as const satisfies Record<IndexKey, string>;

/** Attributes of an item of the directory table. */
export const directoryAttributes = {
  /** Organization, field and account. Accounts and Regions have only organization and field. */
  pk: 'pk',
  /** The folded search term and its value. */
  sk: 'sk',
  /** The term in its original case. */
  term: 't',
  value: 'v',
  /** For users: the latest name and email address, and the time of the event that reported them. */
  name: 'm',
  email: 'e',
  seenAt: 's',
} as const;

/** Attributes of a shard step in the directory table, in addition to its keys. */
export const shardStepAttributes = {
  index: 'i',
  /** The value, as `indexValueKey` returns it. */
  valueKey: 'v',
  shards: 'n',
  /** Epoch milliseconds. */
  from: 'f',
} as const;

/** Attributes of a counter of writes in the directory table, in addition to its keys. */
export const writeCountAttributes = {
  /** The minute that is counted: epoch milliseconds of its start. */
  minute: 'm',
  writes: 'c',
} as const;

/** Attributes of an item of the table of saved views. */
export const viewAttributes = {
  /** Organization, and the user if the view is private. */
  pk: 'pk',
  /** The ID of the view, which is a slot of the partition. */
  id: 'sk',
  /** The name, search, columns, owner, and time of the last change, as JSON. */
  view: 'v',
  /** Changes with every write. */
  version: 'n',
} as const;

/** Attributes of the one item of the sequencer table. */
export const sequencerAttributes = {
  pk: 'pk',
  value: 'v',
  /** Increases with every write. */
  version: 'n',
} as const;

/**
 * Returns the key prefix of objects whose entries are kept for this many days, for the S3 lifecycle rule. It cannot
 * match an organization ID, which contains no dot.
 */
export function retentionPrefix(days: number): string {
  return `retention.${days}/`;
}
