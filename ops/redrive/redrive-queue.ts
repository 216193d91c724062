// Takes a queue's messages round by round, judges each, and puts back or discards what shall be.
import { countOf } from '../../terminal/count-of.ts';
import type { Classification } from './classification.ts';
import { classifyDeadLetter, classifyUndelivered } from './dead-letter.ts';
import { countHeld } from './in-flight-messages.ts';
import { type QueueMessage, QueueWalk, type WalkEnd } from './queue-walk.ts';
import type { RedriveCommand } from './redrive-arguments.ts';
import type { RedriveContext } from './redrive-context.ts';
import { classifyRejected } from './rejected-message.ts';
import { requeue } from './requeue.ts';
import type { SideQueueName } from './stage-queues.ts';

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
    output.draw(tally.summary());
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
  const { tally, discards, now } = context;
  const { reasons, next } = deriveVerdict(message, command, now());
  tally.count(reasons, message.sentMillis);
  if (next.action === 'discard') await discards.discard(message, reasons, next.about, walk);
  else if (!(await requeue(message, next, walk, command, context))) return;
  tally.take(reasons);
}

function deriveVerdict(
  message: QueueMessage,
  { queue, codes, isEdit, isDiscard }: RedriveCommand,
  nowMillis: number,
): Classification {
  if (queue === 'dead-letter') return classifyDeadLetter(message, { codes, isDiscard });
  if (queue === 'undelivered') return classifyUndelivered(message, codes);
  return classifyRejected(message, { codes, isEdit, isDiscard, nowMillis });
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
