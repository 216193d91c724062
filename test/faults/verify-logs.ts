// The logs of the functions and the API: no line holds a secret, and the lines that tell of entries are among them.
import { createReadStream, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Discrepancies } from './discrepancies.ts';
import { countPlanted } from './planted-secret.ts';

export interface LogFigures {
  readonly lines: number;
  /** Those that tell of an entry recorded. Who was killed after the put wrote none, so that there may be fewer than entries. */
  readonly entryLines: number;
}

/** Reads one line at a time, since a long storm leaves a line or more of each delivery. */
export async function verifyLogs(dataDir: string, wrong: Discrepancies): Promise<LogFigures> {
  const folder = join(dataDir, 'logs');
  let [lines, entryLines] = [0, 0];
  for (const name of readdirSync(folder)) {
    for await (const line of createInterface({ input: createReadStream(join(folder, name)) })) {
      lines += 1;
      if (line.includes('"message":"entry recorded"')) entryLines += 1;
      if (countPlanted(line) > 0) wrong.add('a log holds a secret', `${name}: ${line}`);
    }
  }
  if (entryLines === 0) wrong.add('no log tells of an entry', folder);
  return { lines, entryLines };
}
