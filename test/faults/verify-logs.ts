// Verifies the logs of the functions and the API: no line contains a secret, and there are lines about recorded
// entries.
import { createReadStream, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Discrepancies } from './discrepancies.ts';
import { countPlanted } from './planted-secret.ts';

export interface LogFigures {
  readonly lines: number;
  /**
   * Lines about recorded entries. A recorder that was killed after the insert wrote none, so there can be fewer
   * than entries.
   */
  readonly entryLines: number;
}

/** Reads line by line, because a long storm leaves one or more lines for each delivery. */
export async function verifyLogs(dataDir: string, wrong: Discrepancies): Promise<LogFigures> {
  const folder = join(dataDir, 'logs');
  let [lines, entryLines] = [0, 0];
  for (const name of readdirSync(folder)) {
    for await (const line of createInterface({ input: createReadStream(join(folder, name)) })) {
      lines += 1;
      if (line.includes('"message":"entry recorded"')) entryLines += 1;
      if (countPlanted(line) > 0) wrong.add('a log contains a secret', `${name}: ${line}`);
    }
  }
  if (entryLines === 0) wrong.add('no log line is about an entry', folder);
  return { lines, entryLines };
}
