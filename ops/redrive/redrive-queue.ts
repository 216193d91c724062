// Classifies the messages of a queue in batches, and requeues or discards them.
import { formatCount } from '../../terminal/format-count.ts';
import type { Classification } from './classification.ts';
import { classifyDeadLetter, classifyUndelivered } from './dead-letter.ts';
import { countInFlight } from './in-flight-messages.ts';
import { type QueueMessage, QueueWalk, type WalkEnd } from './queue-walk.ts';
import type { RedriveCommand } from './redrive-arguments.ts';
import type { RedriveContext } from './redrive-context.ts';
import { classifyRejected } from './rejected-message.ts';
import { requeue } from './requeue.ts';
import type { SideQueueName } from './stage-queues.ts';

/** How long a message stays invisible when this process dies. An edit can take an hour. */
const visibilityTimeoutSeconds = { run: 15 * 60, edit: 60 * 60 } as const;

/**
 * Goes through the queue once and adds to the tally. Resolves to lines to print after the tally, about messages that
 * this run could not receive. Messages that were neither requeued nor discarded become visible again, also after a
 * failure; at the latest after the visibility timeout. Rejects with the first failure, after the rest of its batch.
 */
export async function redriveQueue(command: RedriveCommand, context: RedriveContext): Promise<string[]> {
  const { client, urls, output, tally, signal, now } = context;
  const { limit, isEdit } = command;
  const timeoutSeconds = isEdit ? visibilityTimeoutSeconds.edit : visibilityTimeoutSeconds.run;
  const walk = new QueueWalk({
    ...{ client, queueUrl: urls.queue, limit, signal, now },
    batchSize: isEdit ? 1 : 10,
    visibilityTimeoutSeconds: timeoutSeconds,
  });
  try {
    const end = await processBatches(walk, command, context);
    for (const line of endLines(end, walk, limit)) output.say(line);
    // The count lags, so it would include messages that this run received; it is only correct when there were none.
    return tally.seen + walk.sentLater === 0
      ? inFlightLines(await countInFlight(client, urls.queue), command.queue)
      : [];
  } finally {
    output.draw(`${tally.seen} examined; releasing the others …`);
    const late = await walk.release();
    output.draw(undefined);
    if (late > 0) {
      const when = `will be visible again after ${timeoutSeconds / 60} minutes`;
      output.say(`${formatCount(late, 'message')} could not be released and ${when}.`);
    }
  }
}

async function processBatches(
  walk: QueueWalk,
  command: RedriveCommand,
  context: RedriveContext,
): Promise<WalkEnd> {
  const { output, tally } = context;
  const batches = walk.batches();
  for (;;) {
    const batch = await batches.next();
    if (batch.done) return batch.value;
    const results = await Promise.allSettled(
      batch.value.map((message) => processMessage(message, walk, command, context)),
    );
    output.draw(tally.summary());
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }
}

async function processMessage(
  message: QueueMessage,
  walk: QueueWalk,
  command: RedriveCommand,
  context: RedriveContext,
): Promise<void> {
  const { tally, discards, now } = context;
  const { reasons, next } = classify(message, command, now());
  tally.count(reasons, message.sentMillis);
  if (next.action === 'discard') await discards.discard(message, reasons, next.about, walk);
  else if (!(await requeue(message, next, walk, command, context))) return;
  tally.countTaken(reasons);
}

function classify(
  message: QueueMessage,
  { queue, codes, isEdit, isDiscard }: RedriveCommand,
  nowMillis: number,
): Classification {
  if (queue === 'dead-letter') return classifyDeadLetter(message, { codes, isDiscard });
  if (queue === 'undelivered') return classifyUndelivered(message, codes);
  return classifyRejected(message, { codes, isEdit, isDiscard, nowMillis });
}

function endLines(end: WalkEnd, { sentLater }: QueueWalk, limit: number): string[] {
  return [
    ...(end === 'limit'
      ? [
          `Stopped after ${formatCount(limit, 'message')}; the queue may contain more. Raise --limit to continue.`,
        ]
      : []),
    ...(end === 'time'
      ? ['Stopped before the visibility timeout; the queue may contain more. Run the command again.']
      : []),
    ...(sentLater > 0 ? [`${sentLater} left: sent after this run began, by this machine's clock.`] : []),
  ];
}

/** Lines about messages in flight; `inFlight` is `undefined` when the credentials lack the permission to count them. */
function inFlightLines(inFlight: number | undefined, queue: SideQueueName): string[] {
  if (inFlight === undefined) {
    return ['Messages in flight could not be counted: that requires sqs:GetQueueAttributes.'];
  }
  if (inFlight === 0) return [];
  const atMost = `${visibilityTimeoutSeconds.run / 60} minutes${queue === 'rejected' ? ' (an hour with --edit)' : ''}`;
  return [
    `About ${inFlight} in flight: received by another run, or by one that was killed, for at most ${atMost}.`,
  ];
}
