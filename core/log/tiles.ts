// Lays the tree out as tiles and entry bundles: https://c2sp.org/tlog-tiles. A tile has 256 hashes, a bundle the leaves
// of a level-0 tile. Also runs in browsers.
import { concatBytes } from '../values/bytes.ts';
import { appendToEdge, foldHashes, hashBytes, hashLeaf, perfectNodes, type TreeHash } from './merkle-tree.ts';

/** The hashes of a full tile, and the leaves of a full bundle. */
export const tileWidth = 256;
const tileHeight = 8;

/** A tile or, at level 'entries', an entry bundle. The width is below 256 if it is partial. */
export interface TileName {
  readonly level: number | 'entries';
  readonly index: number;
  readonly width: number;
}

/** Returns the path of a tile below the prefix of its log, such as `tile/0/x001/x234/067.p/12`. */
export function tilePath({ level, index, width }: TileName): string {
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  const parts = padded.match(/.{3}/g) ?? [];
  const path = parts.map((part, position) => (position === parts.length - 1 ? part : `x${part}`)).join('/');
  return `tile/${level}/${path}${width < tileWidth ? `.p/${width}` : ''}`;
}

/** Returns the width of a tile of a tree with `size` leaves: 0 if it does not exist. */
export function widthAt(level: number | 'entries', index: number, size: number): number {
  const hashes = level === 'entries' ? size : Math.floor(size / tileWidth ** level);
  return Math.max(0, Math.min(tileWidth, hashes - index * tileWidth));
}

/** Returns the tiles and bundles that a tree of `to` leaves has and one of `from` leaves does not, level 0 first. */
export function newTiles(from: number, to: number): TileName[] {
  const names: TileName[] = [];
  for (const level of levelsOf(to)) {
    const hashesBefore = level === 'entries' ? from : Math.floor(from / tileWidth ** level);
    const hashes = level === 'entries' ? to : Math.floor(to / tileWidth ** level);
    if (hashes === hashesBefore) continue;
    for (let index = Math.floor(hashesBefore / tileWidth); index * tileWidth < hashes; index++) {
      names.push({ level, index, width: widthAt(level, index, to) });
    }
  }
  return names;
}

/** Returns the partial tiles and bundles of a tree of `size` leaves. */
export function partialTiles(size: number): TileName[] {
  return levelsOf(size).flatMap((level) => {
    const hashes = level === 'entries' ? size : Math.floor(size / tileWidth ** level);
    const width = hashes % tileWidth;
    return width === 0 ? [] : [{ level, index: Math.floor(hashes / tileWidth), width }];
  });
}

function levelsOf(size: number): (number | 'entries')[] {
  const levels: (number | 'entries')[] = ['entries'];
  for (let level = 0; Math.floor(size / tileWidth ** level) > 0; level++) levels.push(level);
  return levels;
}

/** Returns the bytes of an entry bundle. A leaf has at most 65,535 bytes. */
export function encodeBundle(leaves: readonly Uint8Array[]): Uint8Array {
  return concatBytes(
    ...leaves.flatMap((leaf) => [Uint8Array.of(leaf.length >> 8, leaf.length & 0xff), leaf]),
  );
}

/** Returns the leaves of an entry bundle, or `undefined` if the bytes are not a bundle. */
export function decodeBundle(bytes: Uint8Array): Uint8Array[] | undefined {
  const leaves: Uint8Array[] = [];
  for (let offset = 0; offset < bytes.length; ) {
    const start = offset + 2;
    const end = start + ((bytes[offset] ?? 0) << 8) + (bytes[offset + 1] ?? 0);
    if (start > bytes.length || end > bytes.length) return undefined;
    leaves.push(bytes.subarray(start, end));
    offset = end;
  }
  return leaves;
}

/** Returns the hashes of a tile, or `undefined` if the bytes are not a tile. */
export function decodeTile(bytes: Uint8Array): TreeHash[] | undefined {
  if (bytes.length % hashBytes !== 0 || bytes.length > tileWidth * hashBytes) return undefined;
  return Array.from({ length: bytes.length / hashBytes }, (_, index) =>
    bytes.subarray(index * hashBytes, (index + 1) * hashBytes),
  );
}

/** The hashes of a tile that hold one perfect subtree. */
export interface TileSlice {
  readonly level: number;
  readonly index: number;
  readonly from: number;
  readonly to: number;
}

/** Returns the hashes of a tile from which the hash of a perfect subtree follows. */
export function sliceOf(node: { readonly level: number; readonly index: number }): TileSlice {
  const level = Math.floor(node.level / tileHeight);
  const width = 2 ** (node.level % tileHeight);
  const first = node.index * width;
  const index = Math.floor(first / tileWidth);
  return { level, index, from: first - index * tileWidth, to: first - index * tileWidth + width };
}

/** Returns the hash of the subtree that a slice of a tile holds. */
export function hashSlice(tile: readonly TreeHash[], { from, to }: TileSlice): TreeHash {
  return foldHashes(appendToEdge([], 0, tile.slice(from, to)));
}

/** A tree that grows: its size and the hashes of its perfect subtrees, from left to right. */
export interface TreeEdge {
  readonly size: number;
  readonly hashes: readonly TreeHash[];
}

export const emptyEdge: TreeEdge = { size: 0, hashes: [] };

/** Returns the root of the tree. */
export function rootOf({ hashes }: TreeEdge): TreeHash {
  return foldHashes(hashes);
}

/** Whether the edge has as many hashes as its size requires. */
export function isEdge({ size, hashes }: TreeEdge): boolean {
  return hashes.length === perfectNodes(0, size).length && hashes.every(({ length }) => length === hashBytes);
}

/** Returns the new hashes of each tile level, level 0 first, and the edge of the tree with these leaves appended. */
export function growTree(
  edge: TreeEdge,
  leaves: readonly Uint8Array[],
): { readonly edge: TreeEdge; readonly byLevel: readonly (readonly TreeHash[])[] } {
  const byLevel: TreeHash[][] = [];
  const hashes = appendToEdge(edge.hashes, edge.size, leaves.map(hashLeaf), ({ level }, hash) => {
    if (level % tileHeight !== 0) return;
    const list = byLevel[level / tileHeight] ?? [];
    byLevel[level / tileHeight] = list;
    list.push(hash);
  });
  return { edge: { size: edge.size + leaves.length, hashes }, byLevel };
}
