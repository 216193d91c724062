// The recorder's metrics. Apart from the logs, so that functions which count nothing need not load them.
import { Metrics } from '@aws-lambda-powertools/metrics';

export const metrics = new Metrics();

export const metricNames = {
  recorded: 'EntriesRecorded',
  duplicates: 'DuplicateEvents',
  rejected: 'RejectedEvents',
  conflicts: 'ConflictingEvents',
  deadLettered: 'DeadLetteredEvents',
  violations: 'RoleViolations',
  failures: 'RecordFailures',
  recordDelay: 'RecordDelay',
} as const;
