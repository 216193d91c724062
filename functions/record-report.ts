// Tells of each message's outcome in logs and metrics.
import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { issueCodes } from '../core/contract-issue.ts';
import { type EntryHead, eventIdsOf, type LogEntry } from '../core/entry.ts';
import { metricNames } from '../core/metric-names.ts';
import type { RecordOutcome } from '../core/recorder.ts';
import { logger } from './logs.ts';
import { metrics } from './metrics.ts';

const count = (name: string) => metrics.addMetric(name, MetricUnit.Count, 1);

/** Ids of a queue message, whatever is in it. */
export interface MessageIds {
  readonly messageId: string;
  /** The X-Ray trace of the producer's PutEvents call. */
  readonly xrayTraceId: string | undefined;
}

type Rejection = Extract<RecordOutcome, { status: 'rejected' }>;

/** Tells of one message. Every line has the ids by which its event can be looked for, and no content. */
export function reportOutcome(ids: MessageIds, outcome: RecordOutcome): void {
  switch (outcome.status) {
    case 'recorded':
      reportRecorded(ids, outcome.entry);
      break;
    case 'duplicate':
      count(metricNames.duplicates);
      logger.info('duplicate event', { ...ids, ...entryIds(outcome.entry) });
      break;
    case 'rejected':
      reportRejected(ids, outcome);
      break;
    case 'dead-lettered':
      count(metricNames.deadLettered);
      logger.error('message sent to the dead letters', { ...ids, code: outcome.code });
  }
}

function reportRecorded(ids: MessageIds, entry: LogEntry): void {
  const { verdict, late } = entry;
  const delayMillis = Math.max(0, Date.parse(entry.recordedAt) - Date.parse(entry.timestamp));
  count(metricNames.recorded);
  metrics.addMetric(metricNames.recordDelay, MetricUnit.Milliseconds, delayMillis);
  logger.info('entry recorded', { ...ids, ...entryIds(entry), verdict, late });
  if (verdict === 'VIOLATION') {
    count(metricNames.violations);
    logger.warn('role violation', { entryId: entry.id, organizationId: entry.organizationId });
  }
}

/** The entry's own ids and those that its producer gave. */
function entryIds(entry: EntryHead): Record<string, string | undefined> {
  return { entryId: entry.id, ...eventIdsOf(entry) };
}

function reportRejected(ids: MessageIds, { issues, eventIds, entryId }: Rejection): void {
  const codes = issues.map((issue) => issue.code);
  const paths = issues.map((issue) => issue.path);
  count(metricNames.rejected);
  if (codes.includes(issueCodes.conflict)) count(metricNames.conflicts);
  logger.warn('event rejected', { ...ids, ...(eventIds && eventIdsOf(eventIds)), entryId, codes, paths });
}
