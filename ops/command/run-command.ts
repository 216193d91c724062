// Runs an operator command: parses the arguments, runs once, reports the progress, and sets the exit code: 0 done, 1
// failed or found a problem, 2 usage error, 130 interrupted.
import { escapeForTerminal } from '../../core/values/terminal-text.ts';
import { CommandError } from '../../terminal/command-error.ts';
import { type Output, standardOutput } from '../../terminal/output.ts';
import { UsageError } from '../../terminal/usage-error.ts';
import { describeAwsError } from './aws-error.ts';

export interface CommandContext {
  readonly output: Output;
  /** Aborts at the first Ctrl-C. */
  readonly signal: AbortSignal;
}

export interface Run {
  /** Runs until done or until the signal aborts. After a failure, the counts remain correct. */
  work(): Promise<void>;
  /** Number of items examined so far. */
  examined(): number;
  /** Prints what was done. Not called when the run failed before it examined an item. */
  report(): Promise<void> | void;
  /** Whether the run found no problem. If it did, the exit code is 1. Default: no problem. */
  isClean?(): boolean;
}

export interface OperatorCommand<Choice> {
  /** Name of the npm script. */
  readonly name: string;
  readonly usage: string;
  /** Fails with UsageError. */
  readonly read: (args: readonly string[]) => Choice | 'help';
  /** Fails with UsageError. */
  readonly start: (choice: Choice, context: CommandContext) => Run;
}

/**
 * Runs the command with the arguments of this process. A second Ctrl-C ends the process immediately, so every step of
 * `work` must be safe to interrupt. Rejects only when the program has a bug.
 */
export async function runCommand<Choice>(command: OperatorCommand<Choice>): Promise<void> {
  const output = standardOutput(process.env);
  // Without a listener, a closed pipe would end the process; with it, the write rejects.
  process.stdout.on('error', () => {});
  try {
    const choice = command.read(process.argv.slice(2));
    if (choice !== 'help') process.exitCode = await runOnce(command, choice, output);
    else await output.write(`${command.usage}\n`);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    output.say(error.message);
    output.say(`Help: npm run ${command.name} -- --help`);
    process.exitCode = 2;
  }
}

async function runOnce<Choice>(
  { start }: OperatorCommand<Choice>,
  choice: Choice,
  output: Output,
): Promise<number> {
  const signal = interruptionSignal(output);
  const run = start(choice, { output, signal });
  const failures = await failuresOf(() => run.work());
  // The report can fail too, when the output is closed.
  if (failures.length === 0 || run.examined() > 0) failures.push(...(await failuresOf(() => run.report())));
  if (failures.length > 0) {
    const [error] = failures;
    if (error instanceof UsageError) throw error;
    output.say(escapeForTerminal(error instanceof CommandError ? error.message : describeAwsError(error)));
    return 1;
  }
  if (signal.aborted) return 130;
  return run.isClean?.() === false ? 1 : 0;
}

/** Empty when the step succeeds, else its error. */
async function failuresOf(step: () => Promise<void> | void): Promise<unknown[]> {
  try {
    await step();
    return [];
  } catch (error) {
    return [error];
  }
}

function interruptionSignal(output: Output): AbortSignal {
  const interruption = new AbortController();
  const interrupt = () => {
    if (!interruption.signal.aborted) return interruption.abort();
    output.draw(undefined);
    process.exit(130);
  };
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, interrupt);
  return interruption.signal;
}
