#!/usr/bin/env node
// The `request-logs` command: parses arguments and environment, runs one command, and maps the outcome to an exit code:
// 0 success, 1 failure, 2 usage error, 130 interrupted.
import { escapeForTerminal, escapeJsonForTerminal } from '../core/values/terminal-text.ts';
import { CommandError } from '../terminal/command-error.ts';
import { type Output, standardOutput } from '../terminal/output.ts';
import { UsageError } from '../terminal/usage-error.ts';
import { readArguments } from './arguments.ts';
import { setClock } from './clock.ts';
import type { Command, ConnectionOptions, ViewReference } from './commands.ts';
import { type Connection, connect } from './connection.ts';
import { describeFailure, networkCode } from './describe-failure.ts';
import { renderEntry } from './entry-view.ts';
import { runEvidence } from './evidence.ts';
import { runExport } from './export.ts';
import { findView } from './find-view.ts';
import { follow } from './follow.ts';
import { followLog } from './follow-log.ts';
import { helpText } from './help.ts';
import { runHistory } from './history.ts';
import { list } from './list.ts';
import { quoteForShell } from './search-query.ts';
import { summarize } from './summary.ts';
import { runVerify } from './verify.ts';

const program = process.env.npm_lifecycle_event === 'query' ? 'npm run query --' : 'request-logs';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader closed the pipe, as `head` does.
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
process.exitCode = await main();

async function main(): Promise<number> {
  const output = standardOutput(process.env);
  try {
    let isRelative = false;
    const command = readArguments(process.argv.slice(2), () => {
      isRelative = true;
      return Date.now();
    });
    if (command.name === 'help') {
      await output.write(`${helpText(program, command.command)}\n`);
      return 0;
    }
    const connection = connect(command.connection, process.env);
    return await run({ command, usesClock: isRelative || command.name === 'follow' }, connection, output);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    output.say(error.message);
    output.say(`For help, run: ${program} --help`);
    return 2;
  }
}

type Connected<Of> = Of & { readonly connection: ConnectionOptions };

/** `usesClock`: whether the command has relative times, which are read again with the API's clock. */
async function run(
  given: { readonly command: Connected<Command | ViewReference>; readonly usesClock: boolean },
  { client, url, clock, identity }: Connection,
  output: Output,
): Promise<number> {
  const interruption = new AbortController();
  const { signal } = interruption;
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => interruption.abort());
  const context = { client, output, signal, now: () => clock.now() };
  try {
    const command = await resolve(given, context, () => setClock(clock, url, context));
    if (command.name === 'list') {
      await list(command, { ...context, program: programWith(command.connection) });
    } else if (command.name === 'show') {
      const entry = await client.getEntry(command.id, { signal });
      const text =
        command.output === 'json'
          ? `${escapeJsonForTerminal(JSON.stringify(entry, null, 2))}\n`
          : renderEntry(entry, output.paint);
      await output.write(text);
    } else if (command.name === 'history') {
      return (await runHistory(command, { ...context, program: programWith(command.connection) })) ? 0 : 1;
    } else if (command.name === 'follow') {
      const source = `${url.href} ${identity}`;
      await (command.isExact ? followLog(command, { ...context, source }) : follow(command, context));
    } else if (command.name === 'summary') {
      await summarize(command, context);
    } else if (command.name === 'verify') {
      return (await runVerify(command, { ...context, environment: process.env, origin: url.origin })) ? 0 : 1;
    } else if (command.name === 'evidence') {
      const own = { ...context, environment: process.env, origin: url.origin };
      return (await runEvidence(command, own)) ? 0 : 1;
    } else {
      await runExport(command, { ...context, source: `${url.href} ${identity}` });
    }
    return 0;
  } catch (error) {
    if (signal.aborted) return 130;
    if (error instanceof UsageError) throw error;
    output.say(error instanceof CommandError ? escapeForTerminal(error.message) : describe(error, url));
    return 1;
  }
}

interface ResolvingContext {
  readonly client: Connection['client'];
  readonly output: Output;
  readonly signal: AbortSignal;
  readonly now: () => number;
}

/** Parses the command again if it depends on the API: on a saved view, or, for relative times, on its clock. */
async function resolve(
  {
    command,
    usesClock,
  }: { readonly command: Connected<Command | ViewReference>; readonly usesClock: boolean },
  { client, output, signal, now }: ResolvingContext,
  readClock: () => Promise<unknown>,
): Promise<Connected<Command>> {
  if (command.name !== 'view' && !usesClock) return command;
  await readClock();
  if (command.name !== 'view') return readArguments(process.argv.slice(2), now) as Connected<Command>;
  const { name, search, shared } = await findView(client, command.viewName, signal);
  output.say(
    escapeForTerminal(`View ${JSON.stringify(name)}${shared ? ' (shared)' : ''}: ${search || 'all entries'}`),
  );
  return readArguments(process.argv.slice(2), now, search) as Connected<Command>;
}

function describe(error: unknown, url: URL): string {
  if (networkCode(error) === 'ECONNREFUSED' && url.protocol === 'http:') {
    return `Cannot connect to ${url.origin}. To start the local stack, run: npm start`;
  }
  return isFileError(error) ? escapeForTerminal(error.message) : describeFailure(error);
}

/** Whether the error comes from the file system. Its message names the file and contains no secret. */
function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'path' in error;
}

/** The command with its connection options, to run it again. Omits the token, which must never be printed. */
function programWith({ url, persona }: ConnectionOptions): string {
  const options = Object.entries({ url, persona }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name} ${quoteForShell(value)}`],
  );
  return [program, ...options].join(' ');
}
