// Who may import whom: a folder imports only what its row allows.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

/** The folders that each folder's files may import besides their own. */
const rules: Record<string, readonly string[]> = {
  core: [],
  store: ['core'],
  functions: ['core', 'store'],
  emitter: ['core'],
  lib: ['core'],
  bin: ['lib'],
  local: ['core', 'emitter'],
  client: [],
  terminal: [],
  cli: ['client', 'core', 'terminal'],
  ops: ['core', 'terminal'],
  dashboard: ['client', 'core'],
  bench: ['core', 'emitter', 'lib', 'local', 'store', 'test'],
};

/** lib takes names and the schemas of its settings from core; none of the product's logic. */
const libMayUse = [
  'names',
  'metric-names',
  'environment',
  'vocabulary',
  'identifiers',
  'role-map',
  'producers',
  'shards',
  'caller',
  'dashboard-config',
];

function sourceFiles(folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/(^|\/)dist\//.test(name))
    .map((name) => join(folder, name));
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return Array.from(text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g), (match) => match[1] ?? '');
}

describe.each(Object.entries(rules).filter(([folder]) => existsSync(join(root, folder))))(
  '%s',
  (folder, folders) => {
    const imports = sourceFiles(folder).flatMap((file) =>
      importsOf(file).map((target) => ({ file, target })),
    );

    it('has source files', () => {
      expect(imports.length).toBeGreaterThan(0);
    });

    it(`imports of ours only itself and: ${folders.join(', ') || 'nothing'}`, () => {
      const foreign = imports.filter(({ file, target }) => {
        if (!target.startsWith('.')) return false;
        const path = normalize(join(dirname(file), target));
        if (path === 'cdk.json' || path === 'package.json') return folder !== 'bin' && folder !== 'local';
        if (path === 'docs/openapi.json') return folder !== 'functions';
        const top = path.split('/')[0] ?? '';
        return top !== folder && !folders.includes(top);
      });
      expect(foreign).toEqual([]);
    });
  },
);

describe('core', () => {
  it('imports no AWS package', () => {
    const used = sourceFiles('core').flatMap(importsOf);
    expect(used.filter((target) => /^@?aws|^@smithy|powertools|middy/.test(target))).toEqual([]);
  });
});

describe('lib', () => {
  it('takes from core names and the schemas of settings alone', () => {
    const used = sourceFiles('lib')
      .flatMap(importsOf)
      .flatMap((target) => /\/core\/(.+)\.ts$/.exec(target)?.[1] ?? []);
    expect([...new Set(used)].filter((name) => !libMayUse.includes(name))).toEqual([]);
  });
});
