// Names the environment variables that the stack sets and the functions read. No other file contains these names.

/** Environment variables of the functions. The code that parses a variable documents its format. */
export const environmentNames = {
  tableName: 'TABLE_NAME',
  directoryTableName: 'DIRECTORY_TABLE_NAME',
  /** The table of saved views. */
  viewTableName: 'VIEW_TABLE_NAME',
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
  /** Writes per second and shard from which a value of an index gets more shards. */
  shardWritesPerSecond: 'SHARD_WRITES_PER_SECOND',
  /** The maximum number of batches that are recorded at the same time. */
  recorderConcurrency: 'RECORDER_CONCURRENCY',
  /** The number of days that entries are kept; absent if they are kept forever. */
  retentionDays: 'RETENTION_DAYS',
  /** JSON: the names of the token claims that carry organization, role and accounts. */
  identityClaims: 'IDENTITY_CLAIMS',
  /** The read units that one list request can consume. */
  readBudgetUnits: 'READ_BUDGET_UNITS',
  /** The bucket of the sealed log. */
  logBucketName: 'LOG_BUCKET_NAME',
  /** The table with the one item that decides the order of the sealed log. */
  sequencerTableName: 'SEQUENCER_TABLE_NAME',
  /** The stream of the entries table. */
  entryStreamArn: 'ENTRY_STREAM_ARN',
  /** The key that signs checkpoints. */
  signingKeyArn: 'SIGNING_KEY_ARN',
  /** JSON: stage, account and Region, which name the logs of this stack. */
  logIdentity: 'LOG_IDENTITY',
  /** JSON: how long the objects of the sealed log are locked, and in which mode of S3 Object Lock. */
  logLock: 'LOG_LOCK',
  /** Seconds between two runs of the sealer. */
  sealIntervalSeconds: 'SEAL_INTERVAL_SECONDS',
  /** Minutes of sealed entries in one object of the archive. */
  archiveIntervalMinutes: 'ARCHIVE_INTERVAL_MINUTES',
  /** JSON: the URL and the key of each witness of the sealed log. Absent if there are none. */
  witnesses: 'WITNESSES',
} as const;
