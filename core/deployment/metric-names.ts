// Names the metrics that functions publish and that the stack's alarms and dashboard use.

/** Metrics in namespace `RequestLogs/<stage>`, dimension `service=record`. */
export const metricNames = {
  recorded: 'EntriesRecorded',
  duplicates: 'DuplicateEvents',
  rejected: 'RejectedEvents',
  conflicts: 'ConflictingEvents',
  deadLettered: 'DeadLetteredEvents',
  violations: 'RoleViolations',
  /** Entries whose actor's role is not in the role map. */
  unknownRoles: 'UnknownRoles',
  /** Entries for attempts that the service denied. */
  denials: 'DeniedAttempts',
  /** Conflicting events that are stored next to the entry that they dispute. */
  disputes: 'DisputedEntries',
  /** Conflicting events that are not stored because their entry has ten disputes. */
  disputesOverLimit: 'DisputesOverLimit',
  /** Events that claim to be redacted but are not, so that the bus archive contains their secrets. */
  archivedUnredacted: 'UntrueRedactionClaims',
  failures: 'RecordFailures',
  /** Inserts that the table rejects permanently because of a permission, the table or the statement. */
  refusals: 'RefusedInserts',
  /** Values of an index that got more shards, because their writes came near the limit of a partition. */
  shardSteps: 'ShardStepsAdded',
  /** Failed reads, counts, and additions of shard steps. The entries are recorded all the same. */
  shardGrowthFailures: 'ShardGrowthFailures',
  /** Milliseconds between the action and the recording of its entry. */
  recordDelay: 'RecordDelay',
} as const;

/** Metrics in the same namespace, dimension `service=get-entry`. */
export const getEntryMetricNames = {
  /** Responses with STATES_UNREADABLE. */
  statesUnreadable: 'StatesUnreadable',
  /** Responses with ENTRY_ALTERED: the entry does not match its content hash. */
  altered: 'AlteredEntries',
} as const;

/** Metrics in the same namespace, dimension `service=seal`. */
export const sealMetricNames = {
  /** Entries and disputes that were sealed. */
  sealed: 'EntriesSealed',
  /** Runs that sealed everything they found. */
  runs: 'CompletedSealRuns',
  /** Milliseconds between the recording of an entry and its sealing: the longest of a run. */
  delay: 'SealDelay',
  /** Items of the entries table that were modified, removed, or not written by the recorder. */
  evidence: 'TamperedItems',
  /** Runs that found a log which does not continue what was decided or signed. They sign nothing. */
  contradictions: 'ContradictedLogs',
  /** Runs that found records of the stream missing, and scan the table. */
  lostRecords: 'LostStreamRecords',
} as const;

/** Metrics in the same namespace, dimension `service=archive`. */
export const archiveMetricNames = {
  /** Entries and disputes that were written to the archive. */
  archived: 'EntriesArchived',
  /** Runs that archived everything that was sealed before the last interval ended. */
  runs: 'CompletedArchiveRuns',
  /** Runs that found a staged batch missing, or an object with other content. */
  contradictions: 'ContradictedArchives',
} as const;

/** Metrics in the same namespace, dimension `service=request-cosignatures`. */
export const cosignatureMetricNames = {
  /** Cosignatures that witnesses gave. */
  cosigned: 'CheckpointsCosigned',
  /** Runs after which every witness had cosigned the current checkpoint of every log. */
  runs: 'CompletedCosignatureRuns',
  /** Checkpoints that a witness refused, because it cosigned a log that this one does not continue. */
  refused: 'RefusedCheckpoints',
} as const;

export type CosignatureMetricName = (typeof cosignatureMetricNames)[keyof typeof cosignatureMetricNames];

export type ArchiveMetricName = (typeof archiveMetricNames)[keyof typeof archiveMetricNames];

export type SealMetricName = (typeof sealMetricNames)[keyof typeof sealMetricNames];

export type MetricName = (typeof metricNames)[keyof typeof metricNames];
