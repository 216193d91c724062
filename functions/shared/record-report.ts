// Tells of each message's outcome in logs and metrics.
import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { metricNames } from '../../core/deployment/metric-names.ts';
import { type EntryHead, eventIdsOf, type LogEntry } from '../../core/entry/entry.ts';
import type { RecordOutcome, Rejection } from '../../core/recording/recorder.ts';
import { issueCodes } from '../../core/values/issue.ts';
import { logger } from './logs.ts';
import { metrics } from './metrics.ts';

const count = (name: string) => metrics.addMetric(name, MetricUnit.Count, 1);

/** Ids of a queue message, whatever is in it. */
export interface MessageIds {
  readonly messageId: string;
  /** The X-Ray trace of the producer's PutEvents call. */
  readonly xrayTraceId: string | undefined;
}

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
      count(metricNames.rejected);
      logger.warn('event rejected', { ...ids, ...reasonsOf(outcome) });
      break;
    case 'dead-lettered':
      count(metricNames.deadLettered);
      logger.error('message sent to the dead letters', { ...ids, code: outcome.code, ...reasonsOf(outcome) });
  }
  if ('issues' in outcome && outcome.issues.some(({ code }) => code === issueCodes.conflict)) {
    count(metricNames.conflicts);
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

/** The codes and paths of what is wrong, with the ids that are known. */
function reasonsOf({ issues, eventIds, entryId }: Rejection) {
  const codes = issues.map(({ code }) => code);
  const paths = issues.map(({ path }) => path);
  return { ...(eventIds && eventIdsOf(eventIds)), entryId, codes, paths };
}
