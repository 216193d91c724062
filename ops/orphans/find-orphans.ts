// The command `npm run find-orphans`: searches once. Orphans are in order; a damaged object is not.
import { escapeForTerminal } from '../../core/values/terminal-text.ts';
import { countOf } from '../../terminal/count-of.ts';
import type { Output } from '../../terminal/output.ts';
import { UsageError } from '../../terminal/usage-error.ts';
import { parseOptions } from '../command/parse-options.ts';
import { type CommandContext, type Run, runCommand } from '../command/run-command.ts';
import { readStage } from '../command/stage-argument.ts';
import { openStores, type StoreChoice } from '../command/stage-stores.ts';
import { OrphanTally } from './orphan-tally.ts';
import { classifyObjects } from './orphans.ts';

const usage = `Usage: npm run find-orphans -- [options]

Lists the objects of the overflow bucket that no entry refers to, with size and age. It changes nothing, and it can be
interrupted. Entries whose object is missing are not looked for: that would read the whole table.

  --stage NAME      a deployed stage, by the credentials and region of the AWS SDK (default: the local stack at PORT)
  --bucket NAME, --table NAME
                    the overflow bucket and the entry table, where the credentials may not list them
  -h, --help        this help

orphan: no entry refers to it; under way: neither, and younger than 15 minutes; damaged: its entry says another size;
foreign: not named as the recorder names objects.

Exit codes: 0 done, with or without orphans, 1 failed or an object is damaged, 2 the command makes no sense,
130 interrupted.`;

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
        output.draw(`${tally.seen} seen`);
      }
    },
    seen: () => tally.seen,
    tell: () => tell(tally, output),
    isInOrder: () => tally.count('damaged') === 0,
  };
}

function tell(tally: OrphanTally, output: Output): void {
  output.say(`${countOf(tally.seen, 'object')} seen:`);
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
  throw new UsageError('--stage must be absent where --bucket and --table name what is searched');
}

function readNames(bucket: string | undefined, table: string | undefined): StoreChoice['names'] {
  if (bucket === undefined && table === undefined) return undefined;
  return {
    bucket: readName('bucket', bucket, /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/),
    table: readName('table', table, /^[A-Za-z0-9_.-]{3,255}$/),
  };
}

function readName(option: 'bucket' | 'table', given: string | undefined, form: RegExp): string {
  if (given === undefined) throw new UsageError(`--${option} must be there: both names or none`);
  if (form.test(given)) return given;
  throw new UsageError(
    `--${option} must be the name of a ${option}; is ${escapeForTerminal(JSON.stringify(given))}`,
  );
}
