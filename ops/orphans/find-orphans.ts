// The command `npm run find-orphans`. Orphans are expected; the exit code reports damaged objects only.
import { escapeForTerminal } from '../../core/values/terminal-text.ts';
import { formatCount } from '../../terminal/format-count.ts';
import type { Output } from '../../terminal/output.ts';
import { UsageError } from '../../terminal/usage-error.ts';
import { parseOptions } from '../command/parse-options.ts';
import { type CommandContext, type Run, runCommand } from '../command/run-command.ts';
import { readStage } from '../command/stage-argument.ts';
import { openStores, type StoreChoice } from '../command/stage-stores.ts';
import { OrphanTally } from './orphan-tally.ts';
import { classifyObjects } from './orphans.ts';

const usage = `Usage: npm run find-orphans -- [options]

Lists the objects in the overflow bucket that no entry refers to, with size and age. It changes nothing, and you can
interrupt it. It does not find entries whose object is missing: that would require a scan of the table.

  --stage NAME      a deployed stage, in the account and region of the AWS SDK's credentials (default: the local stack
                    at PORT)
  --bucket NAME, --table NAME
                    the overflow bucket and the entry table, for credentials that cannot list them
  -h, --help        show this help

Status of an object:
  orphan            no entry refers to it
  recent            no entry refers to it, but it is younger than 15 minutes, so the entry can still follow
  damaged           its size differs from the size in its entry
  unrecognized      its name is not one that the recorder generates

Exit codes: 0 done, with or without orphans, 1 failed or found a damaged object, 2 usage error, 130 interrupted.`;

await runCommand({ name: 'find-orphans', usage, read: readArguments, start });

function start(choice: StoreChoice, { output, signal }: CommandContext): Run {
  const tally = new OrphanTally();
  return {
    async work() {
      const stores = await openStores(choice, process.env);
      for await (const objects of classifyObjects(stores, Date.now, signal)) {
        const rows = tally.add(objects, output);
        if (rows !== '') {
          output.draw(undefined);
          await output.write(rows);
        }
        output.draw(`${tally.seen} examined`);
      }
    },
    examined: () => tally.seen,
    report: () => report(tally, output),
    isClean: () => tally.count('damaged') === 0,
  };
}

function report(tally: OrphanTally, output: Output): void {
  output.say(`${formatCount(tally.seen, 'object')} examined:`);
  for (const line of tally.outcomes()) output.say(`  ${line}.`);
}

function readArguments(args: readonly string[]): StoreChoice | 'help' {
  const { stage, bucket, table, help } = parseOptions(args, {
    stage: { type: 'string' },
    bucket: { type: 'string' },
    table: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  });
  if (help) return 'help';
  const choice = { stage: readStage(stage), names: readNames(bucket, table) };
  if (choice.stage === undefined || choice.names === undefined) return choice;
  throw new UsageError('--stage cannot be combined with --bucket and --table');
}

function readNames(bucket: string | undefined, table: string | undefined): StoreChoice['names'] {
  if (bucket === undefined && table === undefined) return undefined;
  return {
    bucket: readName('bucket', bucket, /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/),
    table: readName('table', table, /^[A-Za-z0-9_.-]{3,255}$/),
  };
}

function readName(option: 'bucket' | 'table', given: string | undefined, pattern: RegExp): string {
  if (given === undefined) throw new UsageError(`--${option} is required: pass both names or neither`);
  if (pattern.test(given)) return given;
  throw new UsageError(
    `--${option} must be a valid ${option} name; got ${escapeForTerminal(JSON.stringify(given))}`,
  );
}
