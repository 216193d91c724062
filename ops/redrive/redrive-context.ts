// The clients, outputs, and counters of one redrive run.
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Output } from '../../terminal/output.ts';
import type { Discards } from './discard.ts';
import type { QueueUrls } from './stage-queues.ts';
import type { Tally } from './tally.ts';

export interface RedriveContext {
  readonly client: SQSClient;
  /** The ARN of the principal that runs the command. */
  readonly principal: () => Promise<string>;
  readonly urls: QueueUrls;
  readonly output: Output;
  readonly tally: Tally;
  readonly discards: Discards;
  readonly signal: AbortSignal;
  readonly now: () => number;
  /** Editor command; set only with `--edit`. */
  readonly editor: string | undefined;
}
