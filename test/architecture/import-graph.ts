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

/** The cycles of the graph: each a list of nodes that all reach each other. Empty when there is none. */
export function findCycles(
  edges: readonly ImportEdge[],
  nodeOf: (path: string) => string = (path) => path,
): string[][] {
  const next = new Map<string, Set<string>>();
  for (const { file, target } of edges) {
    const [from, to] = [nodeOf(file), nodeOf(target)];
    if (from !== to) next.set(from, (next.get(from) ?? new Set()).add(to));
  }
  const reachable = (start: string) => {
    const seen = new Set<string>();
    const open = [...(next.get(start) ?? [])];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (!seen.has(node)) open.push(...(next.get(node) ?? []));
      seen.add(node);
    }
    return seen;
  };
  const reach = new Map([...next.keys()].map((node) => [node, reachable(node)]));
  const cycles = new Map<string, string[]>();
  for (const [node, nodes] of reach) {
    if (!nodes.has(node)) continue;
    const cycle = [...nodes].filter((other) => reach.get(other)?.has(node)).sort();
    cycles.set(cycle.join(), cycle);
  }
  return [...cycles.values()];
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
