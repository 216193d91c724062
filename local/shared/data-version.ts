// The version of the data in the data folder. It prevents a newer stack from misreading what an older one
// stored.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LocalStackError } from './errors.ts';

/**
 * Increment this when the format or meaning of a stored key, attribute or encoding changes, in a table, the
 * bucket or a queue, so that data of earlier versions would be misread or not found. New optional attributes do
 * not count. test/local/stored-form.test.ts fails when the stored format changes and this version does not.
 */
export const dataVersion = 2;

/** Folders of the emulators. Without them, nothing is stored. */
const dataFolders = ['dynamodb', 'queues'];

/**
 * Writes the version into a folder without data. Fails with LocalStackError, which says what to do, when the folder has
 * data of another version, or data and no version. Call it while the folder is locked.
 */
export function requireDataVersion(dataDir: string): void {
  const path = join(dataDir, 'data-version');
  if (!dataFolders.some((name) => existsSync(join(dataDir, name)))) {
    writeFileSync(path, `${dataVersion}\n`);
    return;
  }
  const stored = existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined;
  if (stored === String(dataVersion)) return;
  const found = stored === undefined ? 'no data version' : `data version ${JSON.stringify(stored)}`;
  throw new LocalStackError(
    `the data folder ${dataDir} has ${found}, and this release needs version ${dataVersion}: another release stored ` +
      `entries in another format. Start over with: rm -r ${quote(dataDir)} (or keep it: mv ${quote(dataDir)} ` +
      `${quote(`${dataDir}.old`)})`,
  );
}

/** Quotes a path for the shell if necessary. */
function quote(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
