// The command `npm run restore-missing`: copies once. It shows keys, never content.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { escapeForTerminal } from '../../core/values/terminal-text.ts';
import { countOf } from '../../terminal/count-of.ts';
import type { Output } from '../../terminal/output.ts';
import { UsageError } from '../../terminal/usage-error.ts';
import { clientSettings } from '../command/client-settings.ts';
import { parseOptions } from '../command/parse-options.ts';
import { type CommandContext, type Run, runCommand } from '../command/run-command.ts';
import { type CopyCounts, type CopyOptions, copyMissing, newCounts } from './copy-missing.ts';

const usage = `Usage: npm run restore-missing -- --from TABLE --to TABLE [options]

Copies the items that a table lacks from a restored one. What is there stays as it is, so it can be interrupted and
repeated; items that are in both and differ are listed by their keys. Of a directory, users with another name, e-mail
address or time do not count as different: it renews these. It takes names, since a restored table belongs to no stage.
Credentials, region and endpoint are the AWS SDK's.

  --from TABLE      the restored table
  --to TABLE        the table that lacks some
  --dry-run         look and count only
  --for-ever        copy items without their time of expiry, when they expired wrongly
  -h, --help        this help

Exit codes: 0 done, 1 failed or something differs, 2 the command makes no sense, 130 interrupted.`;

/** Keys that are shown of what differs. */
const shownKeys = 20;

await runCommand({ name: 'restore-missing', usage, read: readArguments, start });

function start(options: CopyOptions, { output, signal }: CommandContext): Run {
  const counts = newCounts();
  const draw = () => output.draw(`${counts.seen} seen, ${counts.copied} missing`);
  return {
    work: () => copyMissing(new DynamoDBClient(clientSettings), options, counts, signal, draw),
    seen: () => counts.seen,
    tell: () => tell(counts, options, output),
    isInOrder: () => counts.differing.length === 0,
  };
}

function tell(
  { seen, copied, present, renewed, differing }: CopyCounts,
  { isDryRun }: CopyOptions,
  output: Output,
): void {
  output.say(
    `${countOf(seen, 'item')} seen: ${copied} ${isDryRun ? 'missing' : 'copied'}, ${present} there.`,
  );
  if (renewed > 0) {
    output.say(
      `${renewed} of them there with another name, e-mail address or time, as the directory renews them.`,
    );
  }
  if (differing.length === 0) return;
  output.say(`${differing.length} there and different, left as they are:`);
  for (const key of differing.slice(0, shownKeys)) output.say(`  ${escapeForTerminal(key)}`);
  if (differing.length > shownKeys) output.say(`  and ${differing.length - shownKeys} more`);
}

function readArguments(args: readonly string[]): CopyOptions | 'help' {
  const { from, to, help, ...flags } = parseOptions(args, {
    from: { type: 'string' },
    to: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
    'for-ever': { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  });
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
