// Keeps the position in the sealed log between runs of a command. Only the owner can read the file. Must never be written
// before everything up to the position is printed or saved.
import { readFile, rename, writeFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { escapeForTerminal } from '../core/values/terminal-text.ts';
import { CommandError } from '../terminal/command-error.ts';

const positionSchema = z.strictObject({
  /** Identifies the API, the caller, and the search. */
  key: z.string(),
  /** The query that the cursor belongs to, with relative times resolved. */
  query: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  cursor: z.string(),
});

/** A position in the sealed log, and the search that it belongs to. */
export type SavedPosition = z.infer<typeof positionSchema>;

/**
 * Returns the saved position, or `undefined` if the file does not exist. Fails with CommandError if the file is malformed
 * or belongs to another search: starting over would repeat entries, and continuing would miss some.
 */
export async function readPosition(path: string, key: string): Promise<SavedPosition | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  const position = positionSchema.safeParse(parseJson(text));
  const name = escapeForTerminal(path);
  if (!position.success) throw new CommandError(`${name} is not a file that --since-cursor wrote`);
  if (position.data.key === key) return position.data;
  throw new CommandError(
    `${name} belongs to another search, API, or caller; use the same options, or another file`,
  );
}

/** Replaces the file in one step. */
export async function savePosition(path: string, position: SavedPosition): Promise<void> {
  const partial = `${path}.part`;
  await writeFile(partial, `${JSON.stringify(position)}\n`, { mode: 0o600 });
  await rename(partial, path);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
