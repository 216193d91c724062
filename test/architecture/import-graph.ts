// The imports of the project's own files, type imports included, as edges between files and between folders.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** One import of one file; both paths are relative to the project. */
export interface ImportEdge {
  readonly file: string;
  readonly target: string;
}

const importSpecifier = /(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g;

/** The edges of a file with this text. Packages keep their names; paths are resolved. */
export function importsIn(file: string, text: string): ImportEdge[] {
  return Array.from(text.matchAll(importSpecifier), ([, specifier = '']) => ({
    file,
    target: specifier.startsWith('.') ? normalize(join(dirname(file), specifier)) : specifier,
  }));
}

/** Every edge that begins in one of the folders below the project's root. */
export function readImports(root: string, folders: readonly string[]): ImportEdge[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && !/(^|\/)(dist|node_modules)\//.test(name))
      .map((name) => join(folder, name))
      .flatMap((file) => importsIn(file, readFileSync(join(root, file), 'utf8'))),
  );
}

/** The circles among the nodes: each a list in which every node leads to every other. Empty when there is none. */
export function findCircles(
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
  const circles = new Map<string, string[]>();
  for (const [node, nodes] of reach) {
    if (!nodes.has(node)) continue;
    const circle = [...nodes].filter((other) => reach.get(other)?.has(node)).sort();
    circles.set(circle.join(), circle);
  }
  return [...circles.values()];
}

/** Edges inside `core/` that lead from a room to one that comes later in the order, or to a room that is not in it. */
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
