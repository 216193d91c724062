// A file that gets its name once it is whole. Until then it is FILE.part, and FILE.part.json says how far it is, so
// that an interrupted export goes on where it stopped.
import { type FileHandle, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import * as z from 'zod/mini';

const stateSchema = z.strictObject({
  /** What the file is made of: the same wish gives the same file. */
  wish: z.string(),
  /** The query with its times fixed, as the cursor belongs to it. */
  query: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  cursor: z.string(),
  /** Where in the range reading began, epoch milliseconds. */
  startMillis: z.number(),
  /** Bytes of FILE.part that are known to be written. */
  bytes: z.int(),
  count: z.int(),
});

export type PartialState = z.infer<typeof stateSchema>;

export class PartialFile {
  readonly #path: string;
  readonly #handle: FileHandle;

  private constructor(path: string, handle: FileHandle) {
    this.#path = path;
    this.#handle = handle;
  }

  /** What an interrupted export left, if it had the same wish and its file is still there. */
  static async readState(path: string, wish: string): Promise<PartialState | undefined> {
    try {
      const state = stateSchema.safeParse(JSON.parse(await readFile(`${path}.part.json`, 'utf8')));
      if (!state.success || state.data.wish !== wish) return undefined;
      const part = await open(`${path}.part`, 'r');
      const { size } = await part.stat().finally(() => part.close());
      return size >= state.data.bytes ? state.data : undefined;
    } catch (error) {
      if (error instanceof SyntaxError || isMissing(error)) return undefined;
      throw error;
    }
  }

  /** Opens FILE.part with the bytes that are known to be written; with none, what another export left is gone. */
  static async open(path: string, bytes: number): Promise<PartialFile> {
    if (bytes === 0) await rm(`${path}.part.json`, { force: true });
    const handle = await open(`${path}.part`, bytes === 0 ? 'w' : 'r+');
    await handle.truncate(bytes);
    return new PartialFile(path, handle);
  }

  /** Adds a page behind what is known to be written, and remembers how to go on. */
  async append(text: string, state: PartialState | undefined, position: number): Promise<void> {
    const page = Buffer.from(text);
    for (let done = 0; done < page.length; ) {
      const { bytesWritten } = await this.#handle.write(page, done, page.length - done, position + done);
      done += bytesWritten;
    }
    if (state === undefined) return;
    await this.#handle.datasync();
    const next = `${this.#path}.part.json.new`;
    await writeFile(next, JSON.stringify(state));
    await rename(next, `${this.#path}.part.json`);
  }

  /** Gives the file its name. */
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
