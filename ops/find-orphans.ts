// The command `npm run find-orphans`: reads arguments, searches once, and maps how it ends to an exit code: 0 done,
// whatever orphans there are, 1 failed or an object is damaged, 2 the command makes no sense, 130 interrupted.
import { parseArgs } from 'node:util';
import { escapeForTerminal } from '../core/terminal-text.ts';
import { CommandError } from '../terminal/command-error.ts';
import { countOf } from '../terminal/count-of.ts';
import { type Output, standardOutput } from '../terminal/output.ts';
import { UsageError } from '../terminal/usage-error.ts';
import { describeAwsError } from './aws-error.ts';
import { OrphanTally } from './orphan-tally.ts';
import { judgeObjects } from './orphans.ts';
import { readStage } from './stage-argument.ts';
import { openStores, type StoreChoice } from './stage-stores.ts';

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

process.exitCode = await main();

async function main(): Promise<number> {
  const output = standardOutput(process.env);
  try {
    const choice = readArguments(process.argv.slice(2));
    if (choice !== 'help') return await run(choice, output);
    await output.write(`${usage}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    output.say(error.message);
    output.say('Help: npm run find-orphans -- --help');
    return 2;
  }
}

async function run(choice: StoreChoice, output: Output): Promise<number> {
  const interruption = new AbortController();
  const { signal } = interruption;
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    // The second one ends it at once, which is safe too.
    process.on(name, () => (signal.aborted ? process.exit(130) : interruption.abort()));
  }
  const tally = new OrphanTally();
  try {
    const stores = await openStores(choice, process.env);
    for await (const objects of judgeObjects(stores, Date.now, signal)) {
      const rows = tally.add(objects, output);
      if (rows !== '') {
        output.draw(undefined);
        await output.write(rows);
      }
      output.draw(`${tally.seen} seen`);
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    if (tally.seen > 0) tell(tally, output);
    output.say(escapeForTerminal(error instanceof CommandError ? error.message : describeAwsError(error)));
    return 1;
  }
  tell(tally, output);
  if (signal.aborted) return 130;
  return tally.count('damaged') > 0 ? 1 : 0;
}

function tell(tally: OrphanTally, output: Output): void {
  output.say(`${countOf(tally.seen, 'object')} seen:`);
  for (const line of tally.outcomes()) output.say(`  ${line}.`);
}

function readArguments(args: string[]): StoreChoice | 'help' {
  const { stage, bucket, table, help } = parse(args);
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

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        stage: { type: 'string' },
        bucket: { type: 'string' },
        table: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(escapeForTerminal(error.message));
  }
}
