// Names the environment variables that the stack sets and the functions read. No other file contains these names.

/** Environment variables of the functions. The code that parses a variable documents its format. */
export const environmentNames = {
  tableName: 'TABLE_NAME',
  directoryTableName: 'DIRECTORY_TABLE_NAME',
  /** The bucket for states that do not fit in an item. */
  overflowBucketName: 'OVERFLOW_BUCKET_NAME',
  /** The queue that feeds the recorder. */
  ingestQueueUrl: 'INGEST_QUEUE_URL',
  rejectedQueueUrl: 'REJECTED_QUEUE_URL',
  deadLetterQueueUrl: 'DEAD_LETTER_QUEUE_URL',
  /** JSON: role name to granted permissions. */
  roleMap: 'ROLE_MAP',
  /** JSON: which accounts can write for which organizations. */
  producers: 'PRODUCERS',
  /** JSON: the shard counts of each index and their start dates. */
  indexShards: 'INDEX_SHARDS',
  /** The number of days that entries are kept; absent if they are kept forever. */
  retentionDays: 'RETENTION_DAYS',
  /** JSON: the names of the token claims that carry organization, role and accounts. */
  identityClaims: 'IDENTITY_CLAIMS',
  /** The read units that one list request can consume. */
  readBudgetUnits: 'READ_BUDGET_UNITS',
} as const;
