// The archive of the sealed log: the archiver with its schedule. The objects are in the bucket of the sealed log, which
// grants access to them.
import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { environmentNames } from '../../core/deployment/environment-names.ts';
import type { Config } from '../settings/config.ts';
import { type FunctionDefaults, NodeFunction } from './node-function.ts';
import type { SealedLog } from './sealed-log.ts';

export interface LogArchiveProps {
  readonly functionDefaults: FunctionDefaults;
  readonly sealedLog: SealedLog;
  readonly settings: Config['sealing'];
}

/** Longer than a run, which starts no group of objects after three minutes. */
const archiverTimeout = Duration.minutes(5);

/** How often the archiver adds what was sealed to the segments of counts. The archive itself waits for its intervals. */
const rate = Duration.minutes(1);

/** The archiver and its schedule. */
export class LogArchive extends Construct {
  readonly archiver: NodeFunction;

  constructor(scope: Construct, id: string, { functionDefaults, sealedLog, settings }: LogArchiveProps) {
    super(scope, id);
    this.archiver = new NodeFunction(this, 'Archiver', {
      ...functionDefaults,
      entry: 'archive',
      description: 'Writes sealed entries to the archive and to column files',
      memoryMebibytes: 1_769,
      timeout: archiverTimeout,
    });
    sealedLog.grantArchive(this.archiver);
    this.archiver.setEnvironment({
      [environmentNames.archiveIntervalMinutes]: String(settings.archiveIntervalMinutes),
      [environmentNames.logLock]: JSON.stringify(settings.objectLock),
    });
    new events.Rule(this, 'Schedule', {
      description: 'Starts the archiver of the sealed log',
      schedule: events.Schedule.rate(rate),
      // The next run completes the work of a failed run.
      targets: [new LambdaFunction(this.archiver.handler, { retryAttempts: 0 })],
    });
  }
}
