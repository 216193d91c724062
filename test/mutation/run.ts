// `npm run test:mutation`: changes the code of core/ in small ways, one at a time, and reports which changes no test
// notices. All changes of a room take half an hour to hours, so a run can test a share of the changes of all rooms.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { MutantResult } from '@stryker-mutator/api/core';
import { Stryker } from '@stryker-mutator/core';
import { scoresOfRooms, toMarkdown } from './report.ts';
import { isInSample, type Sample, seedVariable, shareVariable } from './sample.ts';
import { survivorsFileVariable } from './survivor-reporter.ts';

const root = join(import.meta.dirname, '../..');
const reportDir = join(root, 'reports/mutation');
const survivorsFile = join(reportDir, 'survivors.txt');
const rooms = readdirSync(join(root, 'core')).filter((room) => existsSync(join(root, 'test/core', room)));

const usage = `Usage: npm run test:mutation -- [--room ROOM]... [--sample PERCENT] [--seed SEED] [--own-tests]
       [--concurrency N]

  --room         a folder of core/ (default: all but redaction): ${rooms.join(', ')}
  --sample       tests about this share of the changes (default: 100)
  --seed         selects other changes for the sample; the same seed selects the same ones (default: 1)
  --own-tests    runs only the tests of the changed room, not those of all rooms, which is faster; the score is then a
                 lower bound
  --concurrency  number of test processes (default: 2)`;

interface Options {
  readonly rooms: readonly string[];
  readonly sample: Sample;
  readonly hasOwnTestsOnly: boolean;
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
const isAlone = (room: string) => options.hasOwnTestsOnly || room === 'redaction';
const together = options.rooms.filter((room) => !isAlone(room));
const groups = [together, ...options.rooms.filter(isAlone).map((room) => [room])];
const mutants: MutantResult[] = [];
mkdirSync(reportDir, { recursive: true });
writeFileSync(survivorsFile, '');
for (const group of groups.filter(({ length }) => length > 0)) {
  mutants.push(...(await testChanges(group)));
  console.log(toMarkdown(scoresOfRooms(mutants, root)));
}

async function testChanges(group: readonly string[]): Promise<MutantResult[]> {
  const [room = ''] = group;
  process.env.MUTATION_TESTS = isAlone(room) ? room : 'others';
  process.env[shareVariable] = String(options.sample.share);
  process.env[seedVariable] = options.sample.seed;
  process.env[survivorsFileVariable] = survivorsFile;
  const stryker = new Stryker({
    configFile: join(import.meta.dirname, 'stryker.config.json'),
    mutate: group.map((room) => `core/${room}/**/*.ts`),
    concurrency: options.concurrency,
    plugins: ['@stryker-mutator/*', ...['sample-checker.ts', 'survivor-reporter.ts'].map(inThisFolder)],
    reporters: ['progress-append-only', 'survivors'],
    ...(options.sample.share < 1 && { checkers: ['sample'] }),
  });
  const results = await stryker.runMutationTest();
  return results.filter((mutant) => isInSample(mutant, options.sample));
}

function inThisFolder(name: string): string {
  return join(import.meta.dirname, name);
}

function readArguments(): Options {
  const { values } = parseArgs({
    options: {
      room: { type: 'string', multiple: true },
      sample: { type: 'string', default: '100' },
      seed: { type: 'string', default: '1' },
      'own-tests': { type: 'boolean', default: false },
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
    sample: { share: percent / 100, seed: values.seed },
    hasOwnTestsOnly: values['own-tests'],
    concurrency: Number(values.concurrency),
  };
}
