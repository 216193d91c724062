// Tells of each message's outcome in logs and metrics.
import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { type ContractIssue, issueCodes } from '../core/contract-issue.ts';
import type { LogEntry } from '../core/entry.ts';
import type { RecordOutcome } from '../core/recorder.ts';
import { logger } from './logs.ts';
import { metricNames, metrics } from './metrics.ts';

const count = (name: string) => metrics.addMetric(name, MetricUnit.Count, 1);

export function reportOutcome(messageId: string, outcome: RecordOutcome): void {
  switch (outcome.status) {
    case 'recorded':
      reportRecorded(messageId, outcome.entry);
      break;
    case 'duplicate':
      count(metricNames.duplicates);
      logger.info('duplicate event', { messageId, entryId: outcome.entry.id });
      break;
    case 'rejected':
      reportRejected(messageId, outcome.issues, outcome.entryId);
      break;
    case 'dead-lettered': {
      const { code, entryId } = outcome;
      count(metricNames.deadLettered);
      logger.error('message sent to the dead letters', { messageId, code, entryId });
    }
  }
}

function reportRecorded(messageId: string, entry: LogEntry): void {
  const { id: entryId, traceId, verdict, late } = entry;
  const delayMillis = Math.max(0, Date.parse(entry.recordedAt) - Date.parse(entry.timestamp));
  count(metricNames.recorded);
  metrics.addMetric(metricNames.recordDelay, MetricUnit.Milliseconds, delayMillis);
  logger.info('entry recorded', { messageId, entryId, traceId, verdict, late });
  if (verdict === 'VIOLATION') {
    count(metricNames.violations);
    logger.warn('role violation', { entryId, organizationId: entry.organizationId });
  }
}

function reportRejected(
  messageId: string,
  issues: readonly ContractIssue[],
  entryId: string | undefined,
): void {
  const codes = issues.map((issue) => issue.code);
  const paths = issues.map((issue) => issue.path);
  count(metricNames.rejected);
  if (codes.includes(issueCodes.conflict)) count(metricNames.conflicts);
  logger.warn('event rejected', { messageId, entryId, codes, paths });
}
