// Reads the imports of the project's files, including type imports, as edges of a graph. Finds cycles and upward
// imports.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** One import of one file; both paths are relative to the project. */
export interface ImportEdge {
  readonly file: string;
  readonly target: string;
}

const importSpecifier = /(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g;

/** The imports of a file. Relative paths are resolved; packages keep their names. */
export function importsIn(file: string, text: string): ImportEdge[] {
  return Array.from(text.matchAll(importSpecifier), ([, specifier = '']) => ({
    file,
    target: specifier.startsWith('.') ? normalize(join(dirname(file), specifier)) : specifier,
  }));
}

/** The imports of all files in the folders, which are relative to the project. */
export function readImports(root: string, folders: readonly string[]): ImportEdge[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && !/(^|\/)(dist|node_modules)\//.test(name))
      .map((name) => join(folder, name))
      .flatMap((file) => importsIn(file, readFileSync(join(root, file), 'utf8'))),
  );
}

/**
 * Finds the import cycles between nodes: files, or the folders that `nodeOf` returns. Returns the imports of a shortest
 * cycle for each group of nodes that reach each other, so that the message of a failed test shows what to change.
 */
export function findCycles(
  edges: readonly ImportEdge[],
  nodeOf: (path: string) => string = (path) => path,
): string[][] {
  const next: ImportsByNode = new Map();
  for (const edge of edges) {
    const [from, to] = [nodeOf(edge.file), nodeOf(edge.target)];
    if (from !== to) next.set(from, (next.get(from) ?? new Map()).set(to, edge));
  }
  const reach = new Map([...next.keys()].map((node) => [node, pathsFrom(node, next)]));
  const cycles = new Map<string, readonly ImportEdge[]>();
  for (const [node, paths] of reach) {
    const cycle = paths.get(node);
    if (cycle === undefined) continue;
    const group = [...paths.keys()].filter((other) => reach.get(other)?.has(node)).sort();
    const shortest = cycles.get(group.join());
    if (shortest === undefined || cycle.length < shortest.length) cycles.set(group.join(), cycle);
  }
  return Array.from(cycles.values(), (cycle) => cycle.map(({ file, target }) => `${file} imports ${target}`));
}

type ImportsByNode = Map<string, Map<string, ImportEdge>>;

/**
 * Returns a shortest path to every node that can be reached from `start`, including `start` itself if it is in a cycle.
 */
function pathsFrom(start: string, next: ImportsByNode): Map<string, readonly ImportEdge[]> {
  const paths = new Map<string, readonly ImportEdge[]>();
  const queue: { readonly node: string; readonly path: readonly ImportEdge[] }[] = [
    { node: start, path: [] },
  ];
  for (const { node, path } of queue) {
    for (const [to, edge] of next.get(node) ?? []) {
      if (paths.has(to)) continue;
      paths.set(to, [...path, edge]);
      queue.push({ node: to, path: [...path, edge] });
    }
  }
  return paths;
}

/** Imports inside `core/` from a room that is later in the order, or to or from a file outside of all rooms. */
export function findUpwardImports(edges: readonly ImportEdge[], order: readonly string[]): ImportEdge[] {
  const levelOf = (path: string) => {
    const room = order.findLastIndex((name) => path.startsWith(`core/${name}/`));
    return room === -1 ? Number.POSITIVE_INFINITY : room;
  };
  return edges.filter(
    ({ file, target }) =>
      file.startsWith('core/') && target.startsWith('core/') && !(levelOf(target) <= levelOf(file)),
  );
}
