// Reads a copy of the log bucket in a folder, as `aws s3 sync` writes it. Changes nothing.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LogObject, LogObjectPage, LogObjects } from '../core/log/ports.ts';

/** The objects of a copied bucket. */
export class BucketFolder implements Pick<LogObjects, 'get' | 'list'> {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async get(key: string): Promise<LogObject | undefined> {
    try {
      return { bytes: new Uint8Array(await readFile(join(this.#folder, key))), etag: '' };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  /** Returns all keys at once. */
  async list(prefix: string, startAfter = ''): Promise<LogObjectPage> {
    const names = await readdir(join(this.#folder, prefix), { recursive: true, withFileTypes: true }).catch(
      (error: unknown) => {
        if (isMissing(error)) return [];
        throw error;
      },
    );
    const keys = names
      .filter((name) => name.isFile())
      .map(({ parentPath, name }) => join(parentPath, name).slice(join(this.#folder, '/').length))
      .filter((key) => key > startAfter)
      .sort();
    return { keys, hasMore: false };
  }

  /** Returns the names of the folders in a folder. */
  async listFolders(prefix: string): Promise<string[]> {
    const names = await readdir(join(this.#folder, prefix), { withFileTypes: true }).catch(
      (error: unknown) => {
        if (isMissing(error)) return [];
        throw error;
      },
    );
    return names.filter((name) => name.isDirectory()).map(({ name }) => name);
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
