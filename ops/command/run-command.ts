// The frame of every command for operators: reads the arguments, runs once, tells how far it came, and maps how it ends
// to an exit code: 0 done, 1 failed or something is wrong, 2 the command makes no sense, 130 interrupted.
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
  /** Works until the end or until the signal aborts. What was done stays counted when it fails. */
  work(): Promise<void>;
  /** How many things were looked at so far. */
  seen(): number;
  /** Tells what was done so far; not called when it failed before anything was looked at. */
  tell(): Promise<void> | void;
  /** Whether what was found is in order; if not, the exit code is 1. */
  isInOrder?(): boolean;
}

export interface OperatorCommand<Choice> {
  /** As in `npm run NAME`. */
  readonly name: string;
  readonly usage: string;
  /** Fails with UsageError. */
  readonly read: (args: readonly string[]) => Choice | 'help';
  /** Fails with UsageError. */
  readonly start: (choice: Choice, context: CommandContext) => Run;
}

/**
 * Runs it with this process's arguments and sets the exit code. The second Ctrl-C ends the process at once, so every
 * step of `work` must be safe to interrupt. A defect of the program is thrown.
 */
export async function runCommand<Choice>(command: OperatorCommand<Choice>): Promise<void> {
  const output = standardOutput(process.env);
  // Where nobody reads on, as behind head, the write rejects and says so.
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
  // Telling fails too where nobody reads the results any more.
  if (failures.length === 0 || run.seen() > 0) failures.push(...(await failuresOf(() => run.tell())));
  if (failures.length > 0) {
    const [error] = failures;
    if (error instanceof UsageError) throw error;
    output.say(escapeForTerminal(error instanceof CommandError ? error.message : describeAwsError(error)));
    return 1;
  }
  if (signal.aborted) return 130;
  return run.isInOrder?.() === false ? 1 : 0;
}

/** None or one. */
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
