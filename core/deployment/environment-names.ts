// Names of the environment variables that a stack sets and a function reads. Nothing else may name them.

/** Environment variables of the functions; what each holds is said where it is parsed. */
export const environmentNames = {
  tableName: 'TABLE_NAME',
  directoryTableName: 'DIRECTORY_TABLE_NAME',
  /** Bucket of states that do not fit an item. */
  overflowBucketName: 'OVERFLOW_BUCKET_NAME',
  /** The queue that feeds the recorder. */
  ingestQueueUrl: 'INGEST_QUEUE_URL',
  rejectedQueueUrl: 'REJECTED_QUEUE_URL',
  deadLetterQueueUrl: 'DEAD_LETTER_QUEUE_URL',
  /** JSON: role name to granted permissions. */
  roleMap: 'ROLE_MAP',
  /** JSON: which accounts may write for which organisations. */
  producers: 'PRODUCERS',
  /** JSON: shard counts of each index with their start dates. */
  indexShards: 'INDEX_SHARDS',
  /** Days an entry is kept; absent when for ever. */
  retentionDays: 'RETENTION_DAYS',
  /** JSON: the names of the token claims that carry organisation, role and accounts. */
  identityClaims: 'IDENTITY_CLAIMS',
  /** Read units that one list request may spend. */
  readBudgetUnits: 'READ_BUDGET_UNITS',
} as const;
