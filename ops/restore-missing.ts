// The command `npm run restore-missing`: reads arguments, copies once, and maps how it ends to an exit code: 0 done,
// 1 failed or something differs, 2 the command makes no sense, 130 interrupted. It shows keys, never content.
import { parseArgs } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { escapeForTerminal } from '../core/terminal-text.ts';
import { CommandError } from '../terminal/command-error.ts';
import { countOf } from '../terminal/count-of.ts';
import { type Output, standardOutput } from '../terminal/output.ts';
import { UsageError } from '../terminal/usage-error.ts';
import { describeAwsError } from './aws-error.ts';
import { clientSettings } from './client-settings.ts';
import { type CopyCounts, type CopyOptions, copyMissing } from './copy-missing.ts';

const usage = `Usage: npm run restore-missing -- --from TABLE --to TABLE [options]

Copies the items that a table lacks from a restored one. What is there stays as it is, so it can be interrupted and
repeated; items that are in both and differ are listed by their keys. It takes names, since a restored table belongs to no
stage. Credentials, region and endpoint are the AWS SDK's.

  --from TABLE      the restored table
  --to TABLE        the table that lacks some
  --dry-run         look and count only
  --for-ever        copy items without their time of expiry, when they expired wrongly
  -h, --help        this help

Exit codes: 0 done, 1 failed or something differs, 2 the command makes no sense, 130 interrupted.`;

/** Keys that are shown of what differs. */
const shownKeys = 20;

process.exitCode = await main();

async function main(): Promise<number> {
  const output = standardOutput(process.env);
  try {
    const options = readArguments(process.argv.slice(2));
    if (options !== 'help') return await run(options, output);
    await output.write(`${usage}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    output.say(error.message);
    output.say('Help: npm run restore-missing -- --help');
    return 2;
  }
}

async function run(options: CopyOptions, output: Output): Promise<number> {
  const interruption = new AbortController();
  const { signal } = interruption;
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => interruption.abort());
  try {
    const counts = await copyMissing(
      new DynamoDBClient(clientSettings),
      options,
      signal,
      ({ seen, copied }) => output.draw(`${seen} seen, ${copied} missing`),
    );
    tell(counts, options, output);
    if (signal.aborted) return 130;
    return counts.differing.length > 0 ? 1 : 0;
  } catch (error) {
    output.say(escapeForTerminal(error instanceof CommandError ? error.message : describeAwsError(error)));
    return 1;
  }
}

function tell(
  { seen, copied, present, differing }: CopyCounts,
  { isDryRun }: CopyOptions,
  output: Output,
): void {
  output.say(
    `${countOf(seen, 'item')} seen: ${copied} ${isDryRun ? 'missing' : 'copied'}, ${present} there.`,
  );
  if (differing.length === 0) return;
  output.say(`${differing.length} there and different, left as they are:`);
  for (const key of differing.slice(0, shownKeys)) output.say(`  ${escapeForTerminal(key)}`);
  if (differing.length > shownKeys) output.say(`  and ${differing.length - shownKeys} more`);
}

function readArguments(args: string[]): CopyOptions | 'help' {
  const { from, to, help, ...flags } = parse(args);
  if (help) return 'help';
  return {
    from: tableName('from', from),
    to: tableName('to', to),
    isDryRun: flags['dry-run'],
    isForEver: flags['for-ever'],
  };
}

function tableName(option: string, given: string | undefined): string {
  if (given !== undefined && /^[A-Za-z0-9_.-]{3,255}$/.test(given)) return given;
  const is = given === undefined ? 'it is missing' : `is ${escapeForTerminal(JSON.stringify(given))}`;
  throw new UsageError(`--${option} must be the name of a table; ${is}`);
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        from: { type: 'string' },
        to: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        'for-ever': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(escapeForTerminal(error.message));
  }
}
