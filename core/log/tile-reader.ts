// Reads the tiles and entry bundles of one log.
import { logContradicted } from './log-error.ts';
import { hashLeaf, type NodeReader, type TreeHash } from './merkle-tree.ts';
import { tileKey } from './object-keys.ts';
import type { LogObjects } from './ports.ts';
import { decodeBundle, decodeTile, hashSlice, sliceOf, tileWidth, widthAt } from './tiles.ts';

/** Reads a log as of one size. Keeps what it read, so each tile costs one request. */
export class TileReader {
  readonly #objects: LogObjects;
  readonly #organizationId: string;
  readonly #size: number;
  readonly #read = new Map<string, Promise<readonly Uint8Array[]>>();

  constructor(objects: LogObjects, organizationId: string, size: number) {
    this.#objects = objects;
    this.#organizationId = organizationId;
    this.#size = size;
  }

  /** Returns the leaves of an entry bundle. Fails with LOG_CONTRADICTED if the bundle is missing or malformed. */
  readBundle(index: number): Promise<readonly Uint8Array[]> {
    return this.#readOnce('entries', index);
  }

  /** Returns the hashes of a tile, those of level 0 from its entry bundle. Fails like `readBundle`. */
  async readTile(level: number, index: number): Promise<readonly TreeHash[]> {
    return level === 0 ? (await this.readBundle(index)).map(hashLeaf) : this.#readOnce(level, index);
  }

  /** Reads the hashes of perfect subtrees of the tree. */
  readonly readNodes: NodeReader = (nodes) =>
    Promise.all(
      nodes.map(async (node) => {
        const slice = sliceOf(node);
        return hashSlice(await this.readTile(slice.level, slice.index), slice);
      }),
    );

  #readOnce(level: number | 'entries', index: number): Promise<readonly Uint8Array[]> {
    const name = `${level}/${index}`;
    const read = this.#read.get(name) ?? this.#readTile(level, index, widthAt(level, index, this.#size));
    this.#read.set(name, read);
    return read;
  }

  async #readTile(level: number | 'entries', index: number, width: number): Promise<readonly Uint8Array[]> {
    if (width === 0) return [];
    const items = await readTile(this.#objects, this.#organizationId, { level, index, width });
    if (items !== undefined) return items;
    throw logContradicted(
      `the ${level === 'entries' ? 'entry bundle' : `tile of level ${level}`} ${index} is missing`,
    );
  }
}

/**
 * Returns the hashes of a tile or the leaves of a bundle, from the full one if the partial one was superseded.
 * `undefined` if neither exists. Fails with LOG_CONTRADICTED if it is malformed.
 */
export async function readTile(
  objects: Pick<LogObjects, 'get'>,
  organizationId: string,
  name: { readonly level: number | 'entries'; readonly index: number; readonly width: number },
): Promise<readonly Uint8Array[] | undefined> {
  for (const width of name.width === tileWidth ? [tileWidth] : [name.width, tileWidth]) {
    const key = tileKey(organizationId, { ...name, width });
    const object = await objects.get(key);
    if (object === undefined) continue;
    const items = name.level === 'entries' ? decodeBundle(object.bytes) : decodeTile(object.bytes);
    if (items?.length !== width) throw logContradicted(`the object ${key} is malformed`);
    return items.slice(0, name.width);
  }
  return undefined;
}
