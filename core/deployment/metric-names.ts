// Names of the metrics that functions count: functions write them, alarms and dashboard of the stack read them.

/** Metrics of namespace `RequestLogs/<stage>`, dimension `service=record`. */
export const metricNames = {
  recorded: 'EntriesRecorded',
  duplicates: 'DuplicateEvents',
  rejected: 'RejectedEvents',
  conflicts: 'ConflictingEvents',
  deadLettered: 'DeadLetteredEvents',
  violations: 'RoleViolations',
  failures: 'RecordFailures',
  /** Milliseconds from the action to its entry. */
  recordDelay: 'RecordDelay',
} as const;

/** Metrics of the same namespace, dimension `service=get-entry`. */
export const getEntryMetricNames = {
  /** Answers with STATES_UNREADABLE. */
  statesUnreadable: 'StatesUnreadable',
} as const;

export type MetricName = (typeof metricNames)[keyof typeof metricNames];
