// Import rules: between the top-level folders, between the rooms of core/, and no cycles.
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findCycles, findUpwardImports, readImports } from './import-graph.ts';

const root = join(import.meta.dirname, '..', '..');

/** The top-level folders that the files of each top-level folder can import from, in addition to their own. */
const rules: Record<string, readonly string[]> = {
  core: [],
  store: ['core'],
  functions: ['core', 'store'],
  emitter: ['core'],
  lib: ['core'],
  bin: ['lib'],
  local: ['core', 'emitter', 'store'],
  client: [],
  terminal: [],
  cli: ['client', 'core', 'terminal'],
  ops: ['core', 'emitter', 'store', 'terminal'],
  dashboard: ['client', 'core'],
  bench: ['cli', 'client', 'core', 'emitter', 'lib', 'local', 'store', 'test'],
};

/** The rooms of `core/` in order: a room imports only from itself and from earlier rooms. */
const rooms = [
  'values',
  'redaction/text',
  'redaction/encodings',
  'redaction/known',
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
  'log',
  'counts',
  'history',
  'export',
  'views',
  'api',
  'deployment',
];

/** The files of core/ that lib/ can import: names and settings schemas only, no logic. */
const coreFilesForLib = [
  'core/access/identity-claims.ts',
  'core/access/producers.ts',
  'core/access/role-map.ts',
  'core/contract/identifiers.ts',
  'core/contract/vocabulary.ts',
  'core/deployment/dashboard-config.ts',
  'core/deployment/environment-names.ts',
  'core/deployment/metric-names.ts',
  'core/export/export-header-names.ts',
  'core/log/archive-keys.ts',
  'core/log/object-keys.ts',
  'core/log/signed-note.ts',
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

  it(`imports only from itself and from: ${folders.join(', ') || 'no other folder'}`, () => {
    const forbidden = own.filter(({ target }) => {
      if (!isOurs(target)) return false;
      if (target === 'cdk.json' || target === 'package.json') return folder !== 'bin' && folder !== 'local';
      if (target === 'docs/openapi.json') return folder !== 'functions';
      return topOf(target) !== folder && !folders.includes(topOf(target));
    });
    expect(forbidden).toEqual([]);
  });
});

describe('core', () => {
  it('imports no AWS package', () => {
    const core = edges.filter(({ file }) => topOf(file) === 'core');
    expect(core.filter(({ target }) => /^@?aws|^@smithy|powertools|middy/.test(target))).toEqual([]);
  });

  it('has all files in rooms, each of which imports only from itself and from earlier rooms', () => {
    expect(findUpwardImports(edges, rooms)).toEqual([]);
    const folders = readdirSync(join(root, 'core'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => dirname(name));
    expect([...new Set(folders)].sort()).toEqual([...rooms].sort());
  });
});

describe('lib', () => {
  it('imports only names and settings schemas from core', () => {
    const used = edges.filter(({ file, target }) => topOf(file) === 'lib' && topOf(target) === 'core');
    expect(used.filter(({ target }) => !coreFilesForLib.includes(target))).toEqual([]);
  });
});

describe('the project', () => {
  const ours = edges.filter(({ target }) => isOurs(target));

  it('has no import cycle between files', () => {
    expect(findCycles(ours)).toEqual([]);
  });

  it('has no import cycle between folders', () => {
    expect(findCycles(ours, dirname)).toEqual([]);
  });
});
