// The alarms of the sealed log and its archive.
import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import {
  archiveMetricNames,
  cosignatureMetricNames,
  sealMetricNames,
} from '../../core/deployment/metric-names.ts';
import type { AlarmDefinition } from './alarm-definition.ts';
import { archiverMetric, cosignatureMetric, sealerMetric } from './metrics.ts';
import type { Watched } from './watched.ts';

/** Time between recording and sealing that raises an alarm. It is longer than the longest interval between runs. */
const sealDelay = Duration.minutes(5);

/** Alarms about tampering, and about entries that are not sealed or archived in time. */
export function sealerAlarms(watched: Watched): AlarmDefinition[] {
  return [
    {
      section: 'tampered-items',
      means:
        'An item of the entries table was changed, removed, or written by someone other than the recorder.',
      metric: sealerMetric(watched, sealMetricNames.evidence),
      threshold: 1,
    },
    {
      section: 'log-contradicted',
      means:
        'The sealed log contradicts the sequencer table or a signed checkpoint. The sealer has stopped signing.',
      metric: sealerMetric(watched, sealMetricNames.contradictions),
      threshold: 1,
    },
    {
      section: 'lost-stream-records',
      means: 'Records of the stream expired before they were sealed. The sealer scans the table for them.',
      metric: sealerMetric(watched, sealMetricNames.lostRecords),
      threshold: 1,
    },
    {
      section: 'seal-delay',
      means: `An entry was sealed more than ${sealDelay.toMinutes()} minutes after it was recorded.`,
      metric: sealerMetric(watched, sealMetricNames.delay, { statistic: Stats.MAXIMUM }),
      threshold: sealDelay.toMilliseconds(),
      comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    },
    {
      section: 'unsealed-entries',
      means: 'For 15 minutes, no run of the sealer has sealed everything that was recorded.',
      metric: sealerMetric(watched, sealMetricNames.runs),
      threshold: 1,
      comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
      periods: 3,
      missing: 'bad',
    },
    {
      section: 'archive-contradicted',
      means:
        'A staged batch is missing, or an object in the archive differs from the batches. The archiver has stopped.',
      metric: archiverMetric(watched, archiveMetricNames.contradictions),
      threshold: 1,
    },
    {
      section: 'unarchived-entries',
      means: 'For three hours, no run of the archiver has archived everything that was sealed.',
      metric: archiverMetric(watched, archiveMetricNames.runs, { period: Duration.hours(1) }),
      threshold: 1,
      comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
      periods: 3,
      missing: 'bad',
    },
    ...witnessAlarms(watched),
  ];
}

/** Alarms about checkpoints that a witness refuses, or that are not cosigned in time. */
function witnessAlarms(watched: Watched): AlarmDefinition[] {
  const { logWitnesses } = watched;
  if (logWitnesses === undefined) return [];
  return [
    {
      section: 'refused-checkpoints',
      means:
        'A witness cosigned a log that the current one does not continue. The log may have been rewritten.',
      metric: cosignatureMetric(watched, logWitnesses, cosignatureMetricNames.refused),
      threshold: 1,
    },
    {
      section: 'missing-cosignatures',
      means: 'For three hours, no run ended with the cosignatures of all witnesses on all logs.',
      metric: cosignatureMetric(watched, logWitnesses, cosignatureMetricNames.runs, {
        period: Duration.hours(1),
      }),
      threshold: 1,
      comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
      periods: 3,
      missing: 'bad',
    },
  ];
}
