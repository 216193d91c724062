// The interface of a running local stack, and its status as /_local/status returns it.
import type { JWTPayload } from 'jose';
import { eventBusKind } from '../cloudformation/kinds/events.ts';
import { roleKind } from '../cloudformation/kinds/iam.ts';
import { bucketKind } from '../cloudformation/kinds/s3.ts';
import type { Stack } from '../cloudformation/stack.ts';
import type { StoreOptions } from '../dynamodb/store.ts';
import { tablesOf } from '../dynamodb/tables.ts';
import type { LambdaFunction } from '../functions/function.ts';
import type { InvocationResult } from '../functions/worker.ts';
import type { Credentials } from '../iam/principals.ts';
import type { LocalIssuer } from '../issuer/issuer.ts';
import type { PeekedMessage, QueueStatus, Queues } from '../queues/queues.ts';

export interface LocalStackOptions extends StoreOptions {
  /** The synthesized template, as written or changed by a test. */
  readonly template: unknown;
  /** The output folder of `cdk synth`, with the bundles of the functions. */
  readonly assetsDir: string;
  /** @default RequestLogs-local */
  readonly stackName?: string | undefined;
  /** Port; 0 for any free port. The local issuer's URL in the template is changed to this port. @default 0 */
  readonly port?: number | undefined;
  /** Maximum number of processes for each function, and of batches for each queue. @default 3 */
  readonly concurrency?: number | undefined;
  /** Called with one line for each problem. @default ignores them */
  readonly report?: ((line: string) => void) | undefined;
}

export interface LocalStack {
  readonly stack: Stack;
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  status(): StackStatus;
  /** Signs a token for a persona; `claims` adds or replaces claims. `undefined` for an unknown persona. */
  token(persona: string, claims?: JWTPayload): Promise<string | undefined>;
  /** Reads the messages of a queue, by its name or logical id, without receiving them. */
  peekQueue(name: string): PeekedMessage[];
  /** Invokes a function directly, by its name or logical id. */
  invoke(functionName: string, event: unknown): Promise<InvocationResult>;
  /** The credentials of a function. */
  credentialsOf(functionName: string): Credentials;
  /** Whether all tables are empty. */
  isEmpty(): Promise<boolean>;
  /** Number of messages in the queues with an event source mapping: waiting, delayed, or in flight. */
  backlog(): number;
  /**
   * Makes failed messages visible again immediately instead of after the visibility timeout. Resolves to their number.
   */
  redeliver(): Promise<number>;
  /** Resolves to true when the backlog is 0, or to false after the timeout. */
  waitUntilDrained(timeoutMillis: number): Promise<boolean>;
  /** Waits for running requests and batches, then stops all processes. */
  stop(): Promise<void>;
}

export interface StackStatus {
  readonly account: string;
  readonly region: string;
  readonly url: string;
  readonly issuer: string;
  readonly eventBuses: readonly string[];
  readonly queues: readonly QueueStatus[];
  readonly tables: readonly string[];
  readonly buckets: readonly string[];
  readonly functions: readonly string[];
  /** Names of the roles. Each is also an access key ID that signs calls with that role. */
  readonly roles: readonly string[];
  /** Features in the template that the local stack does not emulate, one sentence each. */
  readonly notEmulated: readonly string[];
}

export function describeStack(parts: {
  readonly stack: Stack;
  readonly queues: Queues;
  readonly functions: readonly LambdaFunction[];
  readonly issuer: LocalIssuer;
}): StackStatus {
  const { stack, queues, functions, issuer } = parts;
  return {
    account: stack.accountId,
    region: stack.region,
    url: stack.gatewayUrl,
    issuer: issuer.url,
    eventBuses: stack.resources(eventBusKind).map(({ ref }) => ref),
    queues: queues.status(),
    tables: tablesOf(stack).map(({ ref }) => ref),
    buckets: stack.resources(bucketKind).map(({ ref }) => ref),
    functions: functions.map(({ name }) => name),
    roles: stack.resources(roleKind).map(({ ref }) => ref),
    notEmulated: stack.notEmulated,
  };
}
