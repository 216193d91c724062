// Takes a queue's messages round by round, judges each, and puts back what shall be: sent first, deleted then, so that
// an interruption at any point loses nothing, and at worst sends an event twice.
import { rm } from 'node:fs/promises';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { countOf } from '../terminal/count-of.ts';
import type { Output } from '../terminal/output.ts';
import { judgeDeadLetter, judgeUndelivered } from './dead-letter.ts';
import { editEvent } from './edit-event.ts';
import { countHeld } from './held-messages.ts';
import type { Judgement, RejectedEvent } from './judgement.ts';
import { type QueueMessage, QueueWalk, type WalkEnd } from './queue-walk.ts';
import type { RedriveCommand } from './redrive-arguments.ts';
import { judgeRejected } from './rejected-message.ts';
import type { QueueUrls, SideQueueName } from './stage-queues.ts';
import type { Tally } from './tally.ts';

export interface RedriveContext {
  readonly client: SQSClient;
  readonly urls: QueueUrls;
  readonly output: Output;
  readonly tally: Tally;
  readonly signal: AbortSignal;
  readonly now: () => number;
  /** Editor of `--edit`; needed by nothing else. */
  readonly editor: string | undefined;
}

/** How long a message stays out of others' sight when this process dies; a person may take an hour to mend one. */
const holdSeconds = { run: 15 * 60, edit: 60 * 60 } as const;

/**
 * Goes through the queue once, adding to the tally, and gives what is to be said behind it: what could not be seen.
 * Whatever happens, what was not taken is visible again afterwards, or after the time it is held. Rejects with the first
 * message's failure, after the rest of its round.
 */
export async function redriveQueue(command: RedriveCommand, context: RedriveContext): Promise<string[]> {
  const { client, urls, output, tally, signal, now } = context;
  const { limit, isEdit } = command;
  const hold = isEdit ? holdSeconds.edit : holdSeconds.run;
  const walk = new QueueWalk({
    ...{ client, queueUrl: urls.queue, limit, signal, now },
    roundSize: isEdit ? 1 : 10,
    holdSeconds: hold,
  });
  try {
    const end = await takeRounds(walk, command, context);
    for (const line of endLines(end, walk, limit)) output.say(line);
    // Asked last and only then: the count lags behind, and would take for others' what this run held.
    return tally.seen + walk.later === 0 ? heldLines(await countHeld(client, urls.queue), command.queue) : [];
  } finally {
    output.draw(`${tally.seen} looked at; releasing the others …`);
    const late = await walk.release();
    output.draw(undefined);
    if (late > 0)
      output.say(`${countOf(late, 'message')} will be visible again after ${hold / 60} minutes only.`);
  }
}

async function takeRounds(
  walk: QueueWalk,
  command: RedriveCommand,
  context: RedriveContext,
): Promise<WalkEnd> {
  const { output, tally } = context;
  const rounds = walk.rounds();
  for (;;) {
    const round = await rounds.next();
    if (round.done) return round.value;
    const fates = await Promise.allSettled(
      round.value.map((message) => take(message, walk, command, context)),
    );
    output.draw(`${tally.seen} looked at, ${tally.sent} ${command.isDryRun ? 'would be ' : ''}put back`);
    const failed = fates.find((fate) => fate.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }
}

async function take(
  message: QueueMessage,
  walk: QueueWalk,
  command: RedriveCommand,
  context: RedriveContext,
): Promise<void> {
  const { client, urls, tally, now } = context;
  const judgement = judge(message, command, now());
  tally.count(judgement.reasons, message.sentMillis);
  const sendable = await findSendable(judgement, context);
  if (sendable === undefined) return;
  if (!command.isDryRun) {
    try {
      // Body only: attributes tell of the failure that is past, and the recorder reads none.
      await client.send(new SendMessageCommand({ QueueUrl: urls.ingest, MessageBody: sendable.body }));
      await walk.delete(message);
    } catch (error) {
      if (sendable.folder !== undefined) context.output.say(`Your edit is kept in ${sendable.folder}`);
      throw error;
    }
  }
  if (sendable.folder !== undefined) await rm(sendable.folder, { recursive: true, force: true });
  tally.send(judgement.reasons);
}

function judge(
  message: QueueMessage,
  { queue, codes, isEdit }: RedriveCommand,
  nowMillis: number,
): Judgement {
  if (queue === 'dead-letter') return judgeDeadLetter(message, codes);
  if (queue === 'undelivered') return judgeUndelivered(message, codes);
  return judgeRejected(message, { codes, isEdit, nowMillis });
}

interface Sendable {
  readonly body: string;
  /** Where it was edited: of no more use once it is sent. */
  readonly folder?: string;
}

/** What to put on the ingest queue; `undefined` when the message is left, which is counted. */
async function findSendable({ next }: Judgement, context: RedriveContext): Promise<Sendable | undefined> {
  if (next.action === 'send') return { body: next.body };
  if (next.action === 'edit') return mend(next.event, context);
  context.tally.leave(next.why);
  return undefined;
}

async function mend(
  event: RejectedEvent,
  { tally, output, editor }: RedriveContext,
): Promise<Sendable | undefined> {
  if (editor === undefined) throw new Error('an edit without an editor');
  output.draw(undefined);
  const edit = await editEvent(event, editor);
  if (edit.status === 'mended') return { body: JSON.stringify(edit.event), folder: edit.folder };
  if (edit.status === 'kept')
    output.say(`Not sent, it still breaks the contract. Your edit is in ${edit.file}`);
  tally.leave(edit.status === 'kept' ? 'edited, and still breaking the contract' : 'not edited');
  return undefined;
}

function endLines(end: WalkEnd, { later }: QueueWalk, limit: number): string[] {
  return [
    ...(end === 'limit'
      ? [`Stopped after ${countOf(limit, 'message')}; there may be more. --limit allows more.`]
      : []),
    ...(end === 'time' ? ['Stopped before held messages come back; there may be more. Run it again.'] : []),
    ...(later > 0
      ? [
          `${later} left that ${later === 1 ? 'was' : 'were'} sent after this run began, by this machine's clock.`,
        ]
      : []),
  ];
}

/** Of messages that others hold, by their number; `undefined` when that cannot be told. */
function heldLines(held: number | undefined, queue: SideQueueName): string[] {
  if (held === undefined) return ['Whether others hold some cannot be seen without sqs:GetQueueAttributes.'];
  if (held === 0) return [];
  const atMost = `${holdSeconds.run / 60} minutes at most${queue === 'rejected' ? ' (--edit: an hour)' : ''}`;
  return [`About ${held} out of sight: held by another run, or by one that was killed, for ${atMost}.`];
}
