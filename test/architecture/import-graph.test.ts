import { describe, expect, it } from 'vitest';
import { findCycles, findUpwardImports, importsIn } from './import-graph.ts';

describe('importsIn', () => {
  it('resolves paths, keeps packages, and finds type imports, re-exports, and dynamic imports', () => {
    const text = `
      import type { A } from '../values/a.ts';
      export { b } from './b.ts';
      const c = await import('../../store/c.ts');
      import * as z from 'zod/mini';`;
    expect(importsIn('core/query/query.ts', text).map(({ target }) => target)).toEqual([
      'core/values/a.ts',
      'core/query/b.ts',
      'store/c.ts',
      'zod/mini',
    ]);
  });
});

describe('findCycles', () => {
  it('returns the imports of a cycle through several folders once', () => {
    const edges = [
      { file: 'a/1.ts', target: 'b/1.ts' },
      { file: 'b/2.ts', target: 'c/1.ts' },
      { file: 'c/2.ts', target: 'a/2.ts' },
      { file: 'a/1.ts', target: 'd/1.ts' },
    ];
    const folderOf = (path: string) => path.slice(0, 1);
    expect(findCycles(edges, folderOf)).toEqual([
      ['a/1.ts imports b/1.ts', 'b/2.ts imports c/1.ts', 'c/2.ts imports a/2.ts'],
    ]);
    expect(findCycles(edges)).toEqual([]);
  });

  it('returns a shortest cycle of nodes that reach each other', () => {
    const edges = [
      { file: 'a', target: 'b' },
      { file: 'b', target: 'c' },
      { file: 'c', target: 'a' },
      { file: 'c', target: 'b' },
    ];
    expect(findCycles(edges)).toEqual([['b imports c', 'c imports b']]);
  });
});

describe('findUpwardImports', () => {
  const order = ['values', 'entry', 'api'];

  it('accepts imports within a room and from earlier rooms', () => {
    const edges = [
      { file: 'core/entry/a.ts', target: 'core/entry/b.ts' },
      { file: 'core/api/a.ts', target: 'core/values/b.ts' },
    ];
    expect(findUpwardImports(edges, order)).toEqual([]);
  });

  it('reports imports from a later room, and from a file outside of all rooms', () => {
    const edges = [
      { file: 'core/values/a.ts', target: 'core/entry/b.ts' },
      { file: 'core/api/a.ts', target: 'core/stray.ts' },
    ];
    expect(findUpwardImports(edges, order)).toEqual(edges);
  });
});
