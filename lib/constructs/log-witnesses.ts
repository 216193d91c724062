// The witnesses of the sealed log: the function that requests their cosignatures, with its schedule. The cosignatures are
// in the bucket of the sealed log, which grants access to them.
import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { environmentNames } from '../../core/deployment/environment-names.ts';
import { type FunctionDefaults, NodeFunction } from './node-function.ts';
import { type SealedLog, shortestRate } from './sealed-log.ts';

export interface LogWitnessesProps {
  readonly functionDefaults: FunctionDefaults;
  readonly sealedLog: SealedLog;
  /** Seconds between two runs of the sealer, and so between two requests. */
  readonly intervalSeconds: number;
}

/** More than a minute of runs takes: the last one begins no log after 40 seconds, and waits for two answers of 10. */
const requesterTimeout = Duration.minutes(3);

/** The function and its schedule. */
export class LogWitnesses extends Construct {
  readonly requester: NodeFunction;

  constructor(
    scope: Construct,
    id: string,
    { functionDefaults, sealedLog, intervalSeconds }: LogWitnessesProps,
  ) {
    super(scope, id);
    this.requester = new NodeFunction(this, 'Requester', {
      ...functionDefaults,
      entry: 'request-cosignatures',
      description: 'Requests cosignatures of witnesses for the checkpoints of the sealed log',
      timeout: requesterTimeout,
    });
    sealedLog.grantCosign(this.requester);
    this.requester.setEnvironment({ [environmentNames.sealIntervalSeconds]: String(intervalSeconds) });
    new events.Rule(this, 'Schedule', {
      description: 'Starts the requests for cosignatures of the sealed log',
      schedule: events.Schedule.rate(Duration.seconds(Math.max(intervalSeconds, shortestRate.toSeconds()))),
      // The next run does what a failed one did not.
      targets: [new LambdaFunction(this.requester.handler, { retryAttempts: 0 })],
    });
  }
}
