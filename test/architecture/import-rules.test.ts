// Who can import whom: between the top-level folders, between the rooms of core/, and between folders in general.
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findCircles, findUpwardImports, readImports } from './import-graph.ts';

const root = join(import.meta.dirname, '..', '..');

/** The top-level folders that the files of each top-level folder can import from, besides their own. */
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
  ops: ['core', 'emitter', 'store', 'terminal'],
  dashboard: ['client', 'core'],
  bench: ['core', 'emitter', 'lib', 'local', 'store', 'test'],
};

/** The rooms of `core/`, from the ground floor up: a room imports only from itself and from rooms before it. */
const rooms = [
  'values',
  'redaction/text',
  'redaction/encodings',
  'redaction/detectors',
  'redaction/declared',
  'redaction/engine',
  'contract',
  'entry',
  'access',
  'storage',
  'changes',
  'query',
  'directory',
  'search',
  'recording',
  'export',
  'api',
  'deployment',
];

/** What lib/ takes from core/: names and the schemas of its settings, none of the product's logic. */
const coreFilesForLib = [
  'core/access/caller.ts',
  'core/access/producers.ts',
  'core/access/role-map.ts',
  'core/contract/identifiers.ts',
  'core/contract/vocabulary.ts',
  'core/deployment/dashboard-config.ts',
  'core/deployment/environment-names.ts',
  'core/deployment/metric-names.ts',
  'core/export/export-header-names.ts',
  'core/redaction/engine/rule-version.ts',
  'core/storage/shards.ts',
  'core/storage/table-attributes.ts',
];

const edges = readImports(root, Object.keys(rules));

const isOurs = (path: string) => existsSync(join(root, path));

const topOf = (path: string) => path.split('/')[0] ?? '';

describe.each(Object.entries(rules))('%s', (folder, folders) => {
  const own = edges.filter(({ file }) => topOf(file) === folder);

  it('has source files', () => {
    expect(own.length).toBeGreaterThan(0);
  });

  it(`imports only from itself and from: ${folders.join(', ') || 'nothing else of ours'}`, () => {
    const foreign = own.filter(({ target }) => {
      if (!isOurs(target)) return false;
      if (target === 'cdk.json' || target === 'package.json') return folder !== 'bin' && folder !== 'local';
      if (target === 'docs/openapi.json') return folder !== 'functions';
      return topOf(target) !== folder && !folders.includes(topOf(target));
    });
    expect(foreign).toEqual([]);
  });
});

describe('core', () => {
  it('imports no AWS package', () => {
    const core = edges.filter(({ file }) => topOf(file) === 'core');
    expect(core.filter(({ target }) => /^@?aws|^@smithy|powertools|middy/.test(target))).toEqual([]);
  });

  it('has its files in rooms, each of which imports only from itself and from rooms before it', () => {
    expect(findUpwardImports(edges, rooms)).toEqual([]);
    const folders = readdirSync(join(root, 'core'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => dirname(name));
    expect([...new Set(folders)].sort()).toEqual([...rooms].sort());
  });
});

describe('lib', () => {
  it('takes from core names and the schemas of settings alone', () => {
    const used = edges.filter(({ file, target }) => topOf(file) === 'lib' && topOf(target) === 'core');
    expect(used.filter(({ target }) => !coreFilesForLib.includes(target))).toEqual([]);
  });
});

describe('the project', () => {
  const ours = edges.filter(({ target }) => isOurs(target));

  it('has no circle of files', () => {
    expect(findCircles(ours)).toEqual([]);
  });

  it('has no circle of folders', () => {
    expect(findCircles(ours, dirname)).toEqual([]);
  });
});
