// What the cost table is computed from, apart from what `measure.ts` measures: prices, and assumptions that a reader may
// want to change. After a change, `npm run docs`.

/** AWS's list prices for us-east-1 in dollars, without free tiers. Compare them before budgeting: they change. */
export const prices = {
  region: 'us-east-1',
  asOf: '2026-11-25',
  eventBridgePerMillionEvents: 1,
  eventBridgeArchivePerGb: 0.1,
  eventBridgeArchiveStoragePerGbMonth: 0.023,
  sqsPerMillionRequests: 0.4,
  lambdaPerMillionRequests: 0.2,
  lambdaArmPerGbSecond: 0.000_013_333_4,
  /** On demand, by table class. */
  dynamoDb: {
    STANDARD: { perMillionWriteUnits: 0.625, perMillionReadUnits: 0.125, storagePerGbMonth: 0.25 },
    STANDARD_INFREQUENT_ACCESS: {
      perMillionWriteUnits: 0.78,
      perMillionReadUnits: 0.155,
      storagePerGbMonth: 0.1,
    },
  },
  dynamoDbPointInTimeRecoveryPerGbMonth: 0.2,
  dynamoDbStreamsPerMillionReads: 0.2,
  kmsPerKeyMonth: 1,
  kmsPerMillionRequests: 3,
  kmsPerMillionSignatures: 15,
  logsPerGbIngested: 0.5,
  logsStoragePerGbMonth: 0.03,
  metricPerMonth: 0.3,
  alarmPerMonth: 0.1,
  dashboardPerMonth: 3,
  xrayPerMillionTraces: 5,
  httpApiPerMillionRequests: 1,
  s3PerMillionPuts: 5,
  s3PerMillionGets: 0.4,
  s3StoragePerGbMonth: 0.023,
  /** To Europe and North America, by HTTPS. */
  cloudFrontPerMillionRequests: 1,
  cloudFrontPerGb: 0.085,
  cloudFrontFunctionPerMillionRuns: 0.1,
} as const;

/** Values that were measured once; the others are measured in every run. */
export const measured = {
  /** A line `entry recorded` with every id, as the function writes it. */
  logBytesOfEvent: 720,
  /** The metrics of a batch, and Lambda's own lines about an invocation. */
  logBytesOfBatch: 1_100,
  /** Access log, the function's line and Lambda's own lines of an API request. */
  logBytesOfRequest: 2_000,
  /** Lines and column files of an event in the archive, compressed, and a staged event, not compressed. */
  archivedBytesOfEvent: 461,
  stagedBytesOfEvent: 2_800,
  /** Maximum for a page of 50 entries with one filter (`npm run test:conformance`). */
  readUnitsOfPage: 4,
  /** A request whose execution environment has not read the shard steps for 30 seconds. Others read none. */
  readUnitsOfShardSteps: 1,
  /**
   * A page that follows an organization with 1,200 entries in 15 minutes, for one minute (`npm run bench:following`, and
   * two reads of the shard steps).
   */
  openPageMinute: { requests: 15.2, readUnits: 95.1, answerBytes: 127_100 },
  /** The same, when the day before had as many entries in every 15 minutes. */
  busyOpenPageMinute: { requests: 25.6, readUnits: 1027.3, answerBytes: 178_100 },
} as const;

export const assumptions = {
  /** Events arrive evenly. Bursts make fuller batches, which cost less. */
  secondsOfMonth: 30 * 86_400,
  /** The event source mapping's batching window, as the stack sets it. */
  batchingWindowSeconds: 1,
  batchSize: 100,
  /** The start of an invocation, its queue and its keys; then each event's share of the inserts. Not measured on Lambda. */
  recorderSecondsOfBatch: 0.05,
  recorderSecondsOfEvent: 0.005,
  recorderMebibytes: 1_769,
  querySecondsOfRequest: 0.15,
  queryGb: 1,
  /** API requests a month for each volume: they depend on people, not on events. */
  requestsOfMonth: { 10000: 5_000, 1000000: 50_000, 100000000: 500_000 } as Readonly<Record<number, number>>,
  /** The event source mapping has five pollers, which poll an empty queue every 20 seconds. */
  idlePolls: 5 * 3 * 60 * 24 * 30,
  /** New directory values in a month; most exist after the first thousand events. */
  newDirectoryValues: 1_000,
  /** Each caller and queue caches data keys for five minutes, whatever the volume. */
  kmsRequests: 200_000,
  kmsKeys: 6,
  /** Further metrics are counted, and billed, only when something is wrong. */
  metrics: 12,
  /** The sealed log of one organization: runs a minute apart, at the default interval. */
  sealer: {
    secondsBetweenRuns: 60,
    /** Not measured on Lambda. */
    secondsOfRun: 0.4,
    gb: 1,
    /** Two requests to each of four shards. */
    streamReadsOfRun: 8,
    /** The lease is written and released, 2 KB each time. */
    writeUnitsOfRun: 4,
    /** A decided batch is one more write; staged batch, bundle, tile, batch record, checkpoint, and head are objects. */
    writeUnitsOfBatch: 2,
    putsOfBatch: 7,
  },
  /** The archive of one organization, at the default interval. */
  archiver: {
    minutesBetweenRuns: 1,
    /** Not measured on Lambda. */
    secondsOfRun: 0.5,
    gb: 1.73,
    /** Lines, columns, and the position twice, for an hour with events. */
    putsOfHour: 4,
    /** Segment, index, and position of counts, for a minute with events. */
    putsOfMinute: 3,
    /** The same three objects, and the staged batch twice: for counts and for the archive. */
    getsOfMinute: 5,
    daysStaged: 7,
  },
  /** Entries, logs and (for three months) archived events of a year are stored. */
  monthsStored: 12,
  monthsArchived: 3,
  /** Stored logs are compressed. */
  logCompression: 0.15,
  /** X-Ray records the first trace of each second and 5 % of the others. */
  tracesPerSecond: 1,
  tracedShare: 0.05,
  /** Share of events whose states do not fit an item, and the size of such an event on the bus and in the bucket. */
  largeShare: 0.001,
  largeEventBytes: 700_000,
  largeObjectBytes: 500_000,
  /** API requests per page load. All requests come from the dashboard, through CloudFront. */
  requestsOfPageLoad: 20,
  /** Gzipped size and number of all files of a page load (measured on 2026-11-30), as if browsers cached nothing. */
  pageLoadBytes: 495_000,
  pageLoadFiles: 32,
  /** A page of 50 entries as compressed JSON, with its headers. */
  answerBytes: 5_000,
  /** How long a person leaves the page open in a month. */
  openMinutesOfMonth: 22 * 8 * 60,
} as const;

/** Alarms of a stack with an existing issuer; a test counts them. */
export const alarmCount = 79;

export const volumes = [10_000, 1_000_000, 100_000_000] as const;
