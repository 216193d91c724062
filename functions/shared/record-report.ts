// Reports the outcome of each message in logs and metrics.
import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { type MetricName, metricNames } from '../../core/deployment/metric-names.ts';
import { type EntryHead, eventIdsOf, type LogEntry } from '../../core/entry/entry.ts';
import type { ValidatedEntry } from '../../core/recording/build-entry.ts';
import type { RecordOutcome, Rejection } from '../../core/recording/recorder.ts';
import { errorCodes, RequestLogsError } from '../../core/values/errors.ts';
import { issueCodes } from '../../core/values/issue.ts';
import { describeError, logger } from './logs.ts';
import { metrics } from './metrics.ts';

const count = (name: string) => metrics.addMetric(name, MetricUnit.Count, 1);

/** The metric for each verdict other than PERMITTED. */
const verdictMetrics: Readonly<Record<LogEntry['verdict'], MetricName | undefined>> = {
  PERMITTED: undefined,
  VIOLATION: metricNames.violations,
  UNKNOWN_ROLE: metricNames.unknownRoles,
  DENIED: metricNames.denials,
};

/** Ids of a queue message, whatever its content. */
export interface MessageIds {
  readonly messageId: string;
  /** The X-Ray trace of the producer's PutEvents call. */
  readonly xrayTraceId: string | undefined;
}

/** Reports the outcome of one message. Every log line carries the ids that identify its event, and no content. */
export function reportOutcome(ids: MessageIds, outcome: RecordOutcome): void {
  switch (outcome.status) {
    case 'recorded':
      reportRecorded(ids, outcome);
      break;
    case 'duplicate':
      count(metricNames.duplicates);
      logger.info('duplicate event', { ...ids, ...entryIds(outcome.entry) });
      break;
    case 'failed':
      reportFailure(ids, outcome.error);
      break;
    case 'rejected':
      count(metricNames.rejected);
      logger.warn('event rejected', { ...ids, ...reasonsOf(outcome) });
      break;
    case 'dead-lettered':
      count(metricNames.deadLettered);
      logger.error('message sent to the dead-letter queue', {
        ...ids,
        code: outcome.code,
        ...reasonsOf(outcome),
      });
  }
  if (outcome.status === 'failed') return;
  if ('issues' in outcome && outcome.issues.some(({ code }) => code === issueCodes.conflict)) {
    count(metricNames.conflicts);
    if (outcome.dispute === 'kept') count(metricNames.disputes);
    if (outcome.dispute === 'over-limit') count(metricNames.disputesOverLimit);
  }
}

function reportFailure(ids: MessageIds, error: unknown): void {
  count(metricNames.failures);
  if (error instanceof RequestLogsError && error.code === errorCodes.storeRefused)
    count(metricNames.refusals);
  logger.error('message not recorded; it will be retried', { ...ids, error: describeError(error) });
}

function reportRecorded(ids: MessageIds, { entry, hasFalseRedactionClaim }: ValidatedEntry): void {
  const { verdict, late } = entry;
  const delayMillis = Math.max(0, Date.parse(entry.recordedAt) - Date.parse(entry.timestamp));
  count(metricNames.recorded);
  metrics.addMetric(metricNames.recordDelay, MetricUnit.Milliseconds, delayMillis);
  logger.info('entry recorded', { ...ids, ...entryIds(entry), verdict, late });
  if (hasFalseRedactionClaim) {
    count(metricNames.archivedUnredacted);
    logger.warn('redaction claim untrue', { entryId: entry.id, producerAccount: entry.producer.account });
  }
  const metric = verdictMetrics[verdict];
  if (metric !== undefined) count(metric);
  if (verdict === 'VIOLATION' || verdict === 'UNKNOWN_ROLE') {
    const message = verdict === 'VIOLATION' ? 'role violation' : 'unknown role';
    logger.warn(message, { entryId: entry.id, organizationId: entry.organizationId });
  }
}

/** The ids of the entry, and the ids that its producer assigned. */
function entryIds(entry: EntryHead): Record<string, string | undefined> {
  return { entryId: entry.id, ...eventIdsOf(entry) };
}

/** The codes and paths of the issues, with all ids that could be read. */
function reasonsOf({ issues, eventIds, entryId, dispute }: Rejection) {
  const codes = issues.map(({ code }) => code);
  const paths = issues.map(({ path }) => path);
  return { ...(eventIds && eventIdsOf(eventIds)), entryId, dispute, codes, paths };
}
