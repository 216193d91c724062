// The command `npm run redrive`: reads arguments and environment, runs once over a queue, and maps how it ends to an
// exit code: 0 done, 1 failed, 2 the command makes no sense, 130 interrupted. Prints no body of a message.
import { escapeForTerminal } from '../core/terminal-text.ts';
import { CommandError } from '../terminal/command-error.ts';
import { type Output, standardOutput } from '../terminal/output.ts';
import { UsageError } from '../terminal/usage-error.ts';
import { describeAwsError } from './aws-error.ts';
import { readEditor } from './edit-event.ts';
import { createQueueClient } from './queue-client.ts';
import { type RedriveCommand, readRedriveArguments, redriveUsage } from './redrive-arguments.ts';
import { redriveQueue } from './redrive-queue.ts';
import { findQueues } from './stage-queues.ts';
import { Tally } from './tally.ts';

process.exitCode = await main();

async function main(): Promise<number> {
  const output = standardOutput(process.env);
  try {
    const command = readRedriveArguments(process.argv.slice(2));
    if (command === 'help') {
      await output.write(`${redriveUsage}\n`);
      return 0;
    }
    const editor = command.isEdit ? readEditor(process.env) : undefined;
    return await run(command, editor, output);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    output.say(error.message);
    output.say('Help: npm run redrive -- --help');
    return 2;
  }
}

async function run(command: RedriveCommand, editor: string | undefined, output: Output): Promise<number> {
  const interruption = new AbortController();
  const { signal } = interruption;
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    // The second one ends it at once, which is safe too.
    process.on(name, () => (signal.aborted ? process.exit(130) : interruption.abort()));
  }
  const tally = new Tally();
  const now = Date.now;
  let unseen: readonly string[] = [];
  try {
    const client = await createQueueClient(
      command.stage === undefined && command.urls === undefined,
      process.env,
    );
    const urls = command.urls ?? (await findQueues(client, command.stage ?? 'local', command.queue));
    unseen = await redriveQueue(command, { client, urls, output, tally, signal, now, editor });
  } catch (error) {
    if (error instanceof UsageError) throw error;
    if (!signal.aborted) {
      if (tally.seen > 0) await tell(tally, command, output);
      output.say(escapeForTerminal(error instanceof CommandError ? error.message : describeAwsError(error)));
      return 1;
    }
  }
  await tell(tally, command, output);
  for (const line of unseen) output.say(line);
  return signal.aborted ? 130 : 0;
}

async function tell(tally: Tally, { isDryRun, queue }: RedriveCommand, output: Output): Promise<void> {
  if (tally.seen > 0) await output.write(tally.render(Date.now(), isDryRun, output));
  const lines = tally.seen > 0 ? tally.outcomes(isDryRun) : [`Nothing to be seen in ${queue}`];
  for (const line of lines) output.say(`${line}.`);
}
