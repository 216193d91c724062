// `npm run test:mutation`: changes the code of core/ in small ways, one at a time, and reports which changes no test
// notices. All changes of a room take half an hour to hours, so a run can test a share of the changes of all rooms.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { MutantResult } from '@stryker-mutator/api/core';
import { Stryker } from '@stryker-mutator/core';
import { describeSurvivor, scoresOfRooms, toMarkdown } from './report.ts';
import { isInSample, shareVariable } from './sample.ts';

const root = join(import.meta.dirname, '../..');
const reportDir = join(root, 'reports/mutation');
const rooms = readdirSync(join(root, 'core')).filter((room) => existsSync(join(root, 'test/core', room)));

const usage = `Usage: npm run test:mutation -- [--room ROOM]... [--sample PERCENT] [--concurrency N]

  --room         a folder of core/ (default: all but redaction): ${rooms.join(', ')}
  --sample       tests about this share of the changes, the same ones in each run (default: 100)
  --concurrency  number of test processes (default: 2)`;

interface Options {
  readonly rooms: readonly string[];
  /** From 0 to 1. */
  readonly share: number;
  readonly concurrency: number;
}

let options: Options;
try {
  options = readArguments();
} catch (error) {
  console.error(`${(error as Error).message}\n\n${usage}`);
  process.exit(2);
}

// Redaction has many slow tests that run little of the other rooms' code, so it is tested with these alone.
const redaction = options.rooms.filter((room) => room === 'redaction');
const others = options.rooms.filter((room) => room !== 'redaction');
const mutants: MutantResult[] = [];
for (const group of [others, redaction].filter(({ length }) => length > 0)) {
  mutants.push(...(await testChanges(group)));
  writeReport();
}
console.log(toMarkdown(scoresOfRooms(mutants, root)));

async function testChanges(group: readonly string[]): Promise<MutantResult[]> {
  process.env.MUTATION_TESTS = group.includes('redaction') ? 'redaction' : 'others';
  process.env[shareVariable] = String(options.share);
  const stryker = new Stryker({
    configFile: join(import.meta.dirname, 'stryker.config.json'),
    mutate: group.map((room) => `core/${room}/**/*.ts`),
    concurrency: options.concurrency,
    ...(options.share < 1 && {
      plugins: ['@stryker-mutator/*', join(import.meta.dirname, 'sample-checker.ts')],
      checkers: ['sample'],
    }),
  });
  const results = await stryker.runMutationTest();
  return results.filter((mutant) => isInSample(mutant, options.share));
}

function writeReport(): void {
  const survivors = mutants.filter(({ status }) => status === 'Survived' || status === 'NoCoverage');
  mkdirSync(reportDir, { recursive: true });
  writeFileSync(
    join(reportDir, 'survivors.txt'),
    survivors.map((mutant) => `${describeSurvivor(mutant, root)}\n`).join(''),
  );
}

function readArguments(): Options {
  const { values } = parseArgs({
    options: {
      room: { type: 'string', multiple: true },
      sample: { type: 'string', default: '100' },
      concurrency: { type: 'string', default: '2' },
    },
  });
  const unknown = values.room?.find((room) => !rooms.includes(room));
  if (unknown !== undefined) throw new Error(`--room must be one of ${rooms.join(', ')}; is "${unknown}"`);
  const percent = Number(values.sample);
  if (!(percent > 0 && percent <= 100))
    throw new Error(`--sample must be more than 0 and at most 100; is "${values.sample}"`);
  if (!/^[1-9]\d?$/.test(values.concurrency))
    throw new Error(`--concurrency must be from 1 to 99; is "${values.concurrency}"`);
  return {
    rooms: values.room ?? rooms.filter((room) => room !== 'redaction'),
    share: percent / 100,
    concurrency: Number(values.concurrency),
  };
}
