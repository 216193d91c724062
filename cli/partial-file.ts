// Writes an export to FILE.part and renames it to FILE when complete. FILE.part.json stores the progress, so that an
// interrupted export can resume. Only the owner can read the files.
import { type FileHandle, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import * as z from 'zod/mini';

const ownerOnly = 0o600;

const stateSchema = z.strictObject({
  /** Identifies the export: the source, the format and the search options. */
  exportKey: z.string(),
  /** The query that the cursor belongs to, with relative times already resolved. */
  query: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  cursor: z.string(),
  /** When the export started, in epoch milliseconds. */
  startMillis: z.number(),
  /** Number of bytes of FILE.part that are known to be on disk. */
  bytes: z.int(),
  count: z.int(),
});

/** The saved progress of an interrupted export. */
export type PartialState = z.infer<typeof stateSchema>;

/** An export file that is not complete yet. */
export class PartialFile {
  readonly #path: string;
  readonly #handle: FileHandle;

  private constructor(path: string, handle: FileHandle) {
    this.#path = path;
    this.#handle = handle;
  }

  /** Reads the state of an interrupted export. Returns `undefined` unless `exportKey` matches and FILE.part exists. */
  static async readState(path: string, exportKey: string): Promise<PartialState | undefined> {
    try {
      const state = stateSchema.safeParse(JSON.parse(await readFile(`${path}.part.json`, 'utf8')));
      if (!state.success || state.data.exportKey !== exportKey) return undefined;
      const part = await open(`${path}.part`, 'r');
      const { size } = await part.stat().finally(() => part.close());
      return size >= state.data.bytes ? state.data : undefined;
    } catch (error) {
      if (error instanceof SyntaxError || isMissing(error)) return undefined;
      throw error;
    }
  }

  /** Opens FILE.part and truncates it to `bytes`. With 0 bytes, discards what a previous export left. */
  static async open(path: string, bytes: number): Promise<PartialFile> {
    if (bytes === 0) await rm(`${path}.part.json`, { force: true });
    const handle = await open(`${path}.part`, bytes === 0 ? 'w' : 'r+', ownerOnly);
    // The mode has no effect on a file that exists.
    await handle.chmod(ownerOnly);
    await handle.truncate(bytes);
    return new PartialFile(path, handle);
  }

  /** Writes a page at `position`, then saves the state that is needed to resume. */
  async append(page: string | Uint8Array, state: PartialState | undefined, position: number): Promise<void> {
    const bytes = Buffer.from(page as string);
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await this.#handle.write(bytes, done, bytes.length - done, position + done);
      done += bytesWritten;
    }
    if (state === undefined) return;
    await this.#handle.datasync();
    const next = `${this.#path}.part.json.new`;
    await writeFile(next, JSON.stringify(state), { mode: ownerOnly });
    await rename(next, `${this.#path}.part.json`);
  }

  /** Renames FILE.part to FILE and deletes the state. */
  async finish(): Promise<void> {
    await this.#handle.sync();
    await this.#handle.close();
    await rename(`${this.#path}.part`, this.#path);
    await rm(`${this.#path}.part.json`, { force: true });
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
