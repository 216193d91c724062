// The command `npm run restore-missing`. Prints keys, never content.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { escapeForTerminal } from '../../core/values/terminal-text.ts';
import { formatCount } from '../../terminal/format-count.ts';
import type { Output } from '../../terminal/output.ts';
import { UsageError } from '../../terminal/usage-error.ts';
import { clientSettings } from '../command/client-settings.ts';
import { parseOptions } from '../command/parse-options.ts';
import { type CommandContext, type Run, runCommand } from '../command/run-command.ts';
import { type CopyCounts, type CopyOptions, copyMissing, newCounts } from './copy-missing.ts';

const usage = `Usage: npm run restore-missing -- --from TABLE --to TABLE [options]

Copies missing items to a table from a restored table. Existing items do not change, so the command can be interrupted
and repeated. It lists the keys of items that differ, and of entries that it does not copy because the recorder cannot
have written them: their id, keys or content hash are wrong. In the directory table, users whose name, email address or
time changed do not count as different, because the recorder renews these.

It requires table names, because a restored table belongs to no stage. It uses the credentials, region and endpoint of
the AWS SDK. On AWS, only the recorder and the stack's restore role can insert entries: assume the role in the stack
output RestoreRoleArn, and give the restored table a name that starts with the stack's name, such as
RequestLogs-prod-restored.

  --from TABLE      the restored table
  --to TABLE        the table with missing items
  --dry-run         read and count only
  --forever         copy items without their expiry time, for entries that expired by mistake
  -h, --help        show this help

Exit codes: 0 done, 1 failed, or something differs or is forged, 2 usage error, 130 interrupted.`;

/** Maximum keys to print in each list. */
const shownKeys = 20;

await runCommand({ name: 'restore-missing', usage, read: readArguments, start });

function start(options: CopyOptions, { output, signal }: CommandContext): Run {
  const counts = newCounts();
  const draw = () => output.draw(`${counts.seen} seen, ${counts.copied} missing`);
  return {
    work: () =>
      copyMissing(
        DynamoDBDocumentClient.from(new DynamoDBClient(clientSettings)),
        options,
        counts,
        signal,
        draw,
      ),
    examined: () => counts.seen,
    report: () => report(counts, options, output),
    isClean: () => counts.differing.length === 0 && counts.forged.length === 0,
  };
}

function report(
  { seen, copied, present, renewed, unverified, expired, differing, forged }: CopyCounts,
  { isDryRun }: CopyOptions,
  output: Output,
): void {
  output.say(
    `${formatCount(seen, 'item')} seen: ${copied} ${isDryRun ? 'missing' : 'copied'}, ${present} already there.`,
  );
  if (renewed > 0) {
    output.say(`${renewed} of them have another name, email address or time now: the recorder renews these.`);
  }
  if (unverified > 0) {
    output.say(
      `${unverified} have their states in the overflow bucket: their content hash was not verified.`,
    );
  }
  if (expired > 0) {
    output.say(`${formatCount(expired, 'dispute')} not copied: they expired with their entries.`);
  }
  list(output, differing, 'different, left unchanged');
  list(output, forged, 'not copied, because the recorder cannot have written them');
}

function list(output: Output, keys: readonly string[], what: string): void {
  if (keys.length === 0) return;
  output.say(`${formatCount(keys.length, 'item')} ${what}:`);
  for (const key of keys.slice(0, shownKeys)) output.say(`  ${escapeForTerminal(key)}`);
  if (keys.length > shownKeys) output.say(`  and ${keys.length - shownKeys} more`);
}

function readArguments(args: readonly string[]): CopyOptions | 'help' {
  const { from, to, help, ...flags } = parseOptions(args, {
    from: { type: 'string' },
    to: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
    forever: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  });
  if (help) return 'help';
  return {
    from: tableName('from', from),
    to: tableName('to', to),
    isDryRun: flags['dry-run'],
    removesExpiry: flags.forever,
  };
}

function tableName(option: string, given: string | undefined): string {
  if (given !== undefined && /^[A-Za-z0-9_.-]{3,255}$/.test(given)) return given;
  const is = given === undefined ? 'it is missing' : `is ${escapeForTerminal(JSON.stringify(given))}`;
  throw new UsageError(`--${option} must be the name of a table; ${is}`);
}
