// The parts of the stack that alarms, the dashboard and saved queries observe.
import type * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import type { Bus } from '../constructs/bus.ts';
import type { LogArchive } from '../constructs/log-archive.ts';
import type { LogWitnesses } from '../constructs/log-witnesses.ts';
import type { NodeFunction } from '../constructs/node-function.ts';
import type { Queues } from '../constructs/queues.ts';
import type { SealedLog } from '../constructs/sealed-log.ts';
import type { Tables } from '../constructs/tables.ts';

export interface Watched {
  /** Namespace of the functions' custom metrics. */
  readonly metricsNamespace: string;
  readonly bus: Bus;
  readonly queues: Queues;
  readonly recorder: NodeFunction;
  readonly sealedLog: SealedLog;
  readonly logArchive: LogArchive;
  /** `undefined` if no witness is configured. */
  readonly logWitnesses: LogWitnesses | undefined;
  /** Every function of the stack, the recorder included. */
  readonly functions: readonly NodeFunction[];
  readonly tables: Tables;
  readonly api: apigateway.HttpApi;
  /** Batches that the recorder can process at the same time. */
  readonly recorderConcurrency: number;
}
