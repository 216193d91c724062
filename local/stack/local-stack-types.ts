// What the outside sees of a running stack: people through /_local/status, tests through `LocalStack`.
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
  /** A synthesized template; a test may change it before. */
  readonly template: unknown;
  /** The folder that `cdk synth` wrote, where the functions' bundles are. */
  readonly assetsDir: string;
  /** @default RequestLogs-local */
  readonly stackName?: string | undefined;
  /** 0 takes a free one; the local issuer in the template follows. @default 0 */
  readonly port?: number | undefined;
  /** Processes of one function, and batches of one queue, at the same time. @default 3 */
  readonly concurrency?: number | undefined;
  /** Gets a line when something goes wrong inside. @default nothing is said */
  readonly report?: ((line: string) => void) | undefined;
}

export interface LocalStack {
  readonly stack: Stack;
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  status(): StackStatus;
  /** A token for a persona; `claims` replaces or adds some. `undefined` for an unknown persona. */
  token(persona: string, claims?: JWTPayload): Promise<string | undefined>;
  /** The messages of a queue, by its name or logical id, without taking them. */
  peekQueue(name: string): PeekedMessage[];
  /** Runs a function, by its name or logical id, past API and queues. */
  invoke(functionName: string, event: unknown): Promise<InvocationResult>;
  /** What a function signs its calls with. */
  credentialsOf(functionName: string): Credentials;
  /** Whether no table holds an item. */
  isEmpty(): Promise<boolean>;
  /** Messages in the queues that feed functions: waiting, delayed or being worked on. */
  backlog(): number;
  /**
   * Makes messages that failed visible again at once, for who will not wait for the visibility timeout as AWS
   * would. Resolves to their number.
   */
  redeliver(): Promise<number>;
  /** Resolves true when the queues that feed functions hold nothing, or false after the time. */
  waitUntilDrained(timeoutMillis: number): Promise<boolean>;
  /** Lets what is under way end, then ends every process. */
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
  /** Roles. A role's name is an access key ID of a session of that role. */
  readonly roles: readonly string[];
  /** What the template asks for and is not done here, one sentence each. */
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
    url: stack.frontUrl,
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
