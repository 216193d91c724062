// `npm run test:mutation`: changes the code of core/ in small ways, one at a time, and reports which changes no test
// notices. It goes room by room: all tests for each change of core/ would take days.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { describeSurvivor, type RoomScore, scoreOf, toMarkdown } from './report.ts';

const root = join(import.meta.dirname, '../..');
const rooms = readdirSync(join(root, 'core')).filter((room) => existsSync(join(root, 'test/core', room)));

const usage = `Usage: npm run test:mutation -- [--room ROOM]... [--concurrency N]

  --room         a folder of core/ (default: all in turn): ${rooms.join(', ')}
  --concurrency  number of test processes (default: 2)`;

const { values, problem } = readArguments();
if (problem !== undefined) {
  console.error(`${problem}\n\n${usage}`);
  process.exit(2);
}

const scores: RoomScore[] = [];
const survivors: string[] = [];
const reportDir = join(root, 'reports/mutation');
for (const room of values.room ?? rooms) {
  process.env.MUTATION_ROOM = room;
  const stryker = new Stryker({
    configFile: join(import.meta.dirname, 'stryker.config.json'),
    mutate: [`core/${room}/**/*.ts`],
    concurrency: Number(values.concurrency),
    incrementalFile: join(reportDir, `${room}.incremental.json`),
  });
  const mutants = await stryker.runMutationTest();
  scores.push(scoreOf(room, mutants));
  survivors.push(
    ...mutants.filter(({ status }) => status === 'Survived').map((mutant) => describeSurvivor(mutant, root)),
  );
  mkdirSync(reportDir, { recursive: true });
  writeFileSync(join(reportDir, 'survivors.txt'), survivors.map((line) => `${line}\n`).join(''));
}
console.log(toMarkdown(scores));

function readArguments(): { values: { room?: string[] | undefined; concurrency: string }; problem?: string } {
  const empty = { concurrency: '2' };
  try {
    const { values } = parseArgs({
      options: { room: { type: 'string', multiple: true }, concurrency: { type: 'string', default: '2' } },
    });
    const unknown = values.room?.find((room) => !rooms.includes(room));
    if (unknown !== undefined)
      return { values, problem: `--room must be one of ${rooms.join(', ')}; is "${unknown}"` };
    if (!/^[1-9]\d?$/.test(values.concurrency))
      return { values, problem: `--concurrency must be from 1 to 99; is "${values.concurrency}"` };
    return { values };
  } catch (error) {
    return { values: empty, problem: (error as Error).message };
  }
}
