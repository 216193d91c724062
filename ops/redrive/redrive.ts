// The command `npm run redrive`: goes through a queue once. Never prints the body of a message.
import type { Output } from '../../terminal/output.ts';
import { type CommandContext, type Run, runCommand } from '../command/run-command.ts';
import { Discards } from './discard.ts';
import { readEditor } from './edit-event.ts';
import { connectCaller } from './queue-client.ts';
import { type RedriveCommand, readRedriveArguments, redriveUsage } from './redrive-arguments.ts';
import { redriveQueue } from './redrive-queue.ts';
import { findQueues } from './stage-queues.ts';
import { Tally } from './tally.ts';

await runCommand({ name: 'redrive', usage: redriveUsage, read: readRedriveArguments, start });

function start(command: RedriveCommand, { output, signal }: CommandContext): Run {
  const editor = command.isEdit ? readEditor(process.env) : undefined;
  const tally = new Tally(command);
  const discards = new Discards(command.isDryRun, output);
  let notes: readonly string[] = [];
  return {
    async work() {
      const isLocal = command.stage === undefined && command.urls === undefined;
      const { client, principal } = await connectCaller(isLocal, process.env);
      const urls = command.urls ?? (await findQueues(client, command.stage ?? 'local', command.queue));
      const context = { client, principal, urls, output, tally, discards, signal, now: Date.now, editor };
      notes = await redriveQueue(command, context);
    },
    examined: () => tally.seen,
    async report() {
      await report(tally, command, output);
      for (const line of notes) output.say(line);
    },
  };
}

async function report(tally: Tally, { isDiscard, queue }: RedriveCommand, output: Output): Promise<void> {
  const isBelowRows = isDiscard && tally.taken > 0;
  try {
    if (tally.seen > 0) await output.write(`${isBelowRows ? '\n' : ''}${tally.render(Date.now(), output)}`);
  } finally {
    const lines = tally.seen > 0 ? tally.outcomes() : [`No visible messages in the queue: ${queue}`];
    for (const line of lines) output.say(`${line}.`);
  }
}
