// What is watched: the parts of the stack that alarms, dashboard and saved queries look at.
import type * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import type { Bus } from '../constructs/bus.ts';
import type { NodeFunction } from '../constructs/node-function.ts';
import type { Queues } from '../constructs/queues.ts';
import type { Tables } from '../constructs/tables.ts';

export interface Watched {
  /** Namespace of the functions' own metrics. */
  readonly metricsNamespace: string;
  readonly bus: Bus;
  readonly queues: Queues;
  readonly recorder: NodeFunction;
  /** Every function of the stack, the recorder included. */
  readonly functions: readonly NodeFunction[];
  readonly tables: Tables;
  readonly api: apigateway.HttpApi;
  /** Batches that the recorder may have in work at once. */
  readonly recorderConcurrency: number;
}
