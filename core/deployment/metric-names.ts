// Names of the metrics that functions count: functions write them, alarms and dashboard of the stack read them.

/** Metrics of namespace `RequestLogs/<stage>`, dimension `service=record`. */
export const metricNames = {
  recorded: 'EntriesRecorded',
  duplicates: 'DuplicateEvents',
  rejected: 'RejectedEvents',
  conflicts: 'ConflictingEvents',
  deadLettered: 'DeadLetteredEvents',
  violations: 'RoleViolations',
  /** Entries whose actor's role is not in the role map. */
  unknownRoles: 'UnknownRoles',
  /** Entries of attempts that the service denied. */
  denials: 'DeniedAttempts',
  /** Conflicting events that are kept beside the entry that they dispute. */
  disputes: 'DisputedEntries',
  /** Events that claim to be redacted and are not, so that the bus archive kept what they hold. */
  archivedUnredacted: 'UntrueRedactionClaims',
  failures: 'RecordFailures',
  /** Inserts that the table refuses for good: a permission, the table or the statement is wrong. */
  refusals: 'RefusedInserts',
  /** Milliseconds from the action to its entry. */
  recordDelay: 'RecordDelay',
} as const;

/** Metrics of the same namespace, dimension `service=get-entry`. */
export const getEntryMetricNames = {
  /** Answers with STATES_UNREADABLE. */
  statesUnreadable: 'StatesUnreadable',
  /** Answers with ENTRY_ALTERED: an entry that does not match its content hash. */
  altered: 'AlteredEntries',
} as const;

export type MetricName = (typeof metricNames)[keyof typeof metricNames];
