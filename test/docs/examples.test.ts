// The examples in the documentation: what can be checked without running a stack is checked here.
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readArguments } from '../../cli/arguments.ts';
import { parseExportQuery } from '../../core/export/export-query.ts';
import { parseQuery } from '../../core/query/query.ts';
import { parseConfig } from '../../lib/settings/config.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { codeBlocksOf, listMarkdownFiles, readDocument, root, tableOf } from './markdown.ts';

const blocks = listMarkdownFiles().flatMap(codeBlocksOf);
const blocksIn = (language: string) => blocks.filter((block) => block.language === language);

/** The shell commands of all pages, without comments and with their continued lines joined. */
const commands = blocksIn('sh').flatMap(({ path, text }) =>
  text
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => ({ path, line: line.replace(/(?:^|\s)#.*$/, '').trim() }))
    .filter(({ line }) => line !== ''),
);

/** What examples take from the program around them. */
const surroundings = `
import type { ServiceEvent, SealedEvent } from '@mayaops/request-logs/emitter';
declare global {
  const outbox: { insert(text: string): Promise<void>; remove(eventId: string): Promise<void> };
  const session: { token: string };
  const baseUrl: string;
  const event: ServiceEvent;
  function show(items: readonly { id: string }[]): void;
}
`;

/** Compiles the texts side by side; gives what the compiler says. */
function compile(texts: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(root, '.examples-'));
  const compiler = join(
    dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
    'bin',
    'tsc',
  );
  try {
    const paths = {
      '@mayaops/request-logs/emitter': ['../emitter/index.ts'],
    };
    const options = {
      extends: '../tsconfig.json',
      compilerOptions: { paths, noUnusedLocals: false },
      include: ['*.ts'],
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(options));
    writeFileSync(join(folder, 'surroundings.d.ts'), surroundings);
    for (const [name, text] of Object.entries(texts))
      writeFileSync(join(folder, name), `${text.replaceAll("'./", "'../")}\nexport {};\n`);
    execFileSync(process.execPath, [compiler, '--project', folder], { encoding: 'utf8', stdio: 'pipe' });
    return '';
  } catch (error) {
    return String((error as { stdout?: unknown }).stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the TypeScript examples', () => {
  const examples = blocksIn('ts').map(({ path, text }, index) => {
    const usesEmitter = /\bemitter\./.test(text) && !text.includes('createEmitter(');
    const preamble =
      "import { createEmitter } from '@mayaops/request-logs/emitter';\nconst emitter = createEmitter({ eventBusName: 'b' });";
    return [`${path.replaceAll(/\W/g, '-')}-${index}.ts`, usesEmitter ? `${preamble}\n${text}` : text];
  });

  it('compile', () => {
    expect(examples.length).toBeGreaterThan(3);
    expect(compile(Object.fromEntries(examples))).toBe('');
  });

  it('would not compile with a mistake', () => {
    const [[, text = ''] = []] = examples;
    expect(compile({ 'wrong.ts': text.replace('detailType', 'detailTipe') })).toMatch(/error TS/);
  });
});

describe('the JSON examples', () => {
  it.each(blocksIn('json').map(({ path, text }) => [path, text]))('in %s are valid', (_, text) => {
    expect(() => JSON.parse(text)).not.toThrow();
  });

  it('of configurations are accepted', () => {
    const [block] = codeBlocksOf('docs/deploying.md').filter(({ language }) => language === 'json');
    expect(parseConfig(JSON.parse(block?.text ?? ''), 'the example').stage).toBe('dev');
  });
});

describe('the commands', () => {
  it('name npm scripts that exist', () => {
    const mentioned = listMarkdownFiles().flatMap((path) =>
      Array.from(readDocument(path).matchAll(/npm run (?:--silent )?([\w:-]+)/g), ([, name = '']) => ({
        path,
        name,
      })),
    );
    expect(mentioned.length).toBeGreaterThan(30);
    expect(mentioned.filter(({ name }) => !Object.hasOwn(packageJson.scripts, name))).toEqual([]);
  });

  it('are complete in CONTRIBUTING.md: it names every npm script but hooks', () => {
    const text = readDocument('CONTRIBUTING.md');
    const missing = Object.keys(packageJson.scripts)
      .filter((name) => !/^(pre|post)/.test(name))
      .filter((name) => !new RegExp(`npm (run )?${name}(?![\\w:-])`).test(text));
    expect(missing).toEqual([]);
  });

  it('of npm run query are accepted by the command line', () => {
    const queries = commands.filter(({ line }) => /^npm run query -- /.test(line));
    expect(queries.length).toBeGreaterThan(5);
    for (const { line } of queries) {
      const words = line.replace(/^npm run query -- /, '').split(/\s+/);
      const argv = words.map((word) => word.replace(/^'(.*)'$/, '$1'));
      expect(() => readArguments(argv, Date.now), line).not.toThrow();
    }
  });

  it('of curl ask for parameters that the API accepts', () => {
    const urls = commands.flatMap(({ line }) => [
      ...line.matchAll(/localhost:3000\/request-logs(\/export)?\?([^'"$]+)/g),
    ]);
    expect(urls.length).toBeGreaterThan(3);
    for (const [url, isExport, query = ''] of urls) {
      const parse = isExport === undefined ? parseQuery : parseExportQuery;
      expect(() => parse(query), url).not.toThrow();
    }
  });

  it('emit files that exist', () => {
    const patterns = commands.flatMap(({ line }) =>
      Array.from(line.matchAll(/\btest\/fixtures\/\S+/g), ([pattern]) => pattern),
    );
    expect(patterns.length).toBeGreaterThan(2);
    for (const pattern of patterns)
      expect(globSync(pattern, { cwd: root }).length, pattern).toBeGreaterThan(0);
  });
});

describe('README.md', () => {
  it('has at most 150 lines', () => {
    expect(readDocument('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(150);
  });
});

describe('the costs in README.md', () => {
  it('are the totals of docs/costs.md, rounded to two digits', () => {
    const [, ...totals] =
      tableOf('docs/costs.md', 'dollars a month').find(([part]) => part === '**total**') ?? [];
    const rounded = totals.map((total) =>
      Number(Number(total.replaceAll(/[*,]/g, '')).toPrecision(2)).toLocaleString('en-US'),
    );
    const [, given = ''] = /A stack costs about ([\s\S]*?)\(/.exec(readDocument('README.md')) ?? [];
    expect(Array.from(given.matchAll(/\$([\d,]*\d)/g), ([, dollars]) => dollars)).toEqual(rounded);
  });
});

describe('CONTRIBUTING.md', () => {
  const text = readDocument('CONTRIBUTING.md');

  it('has eleven recipes, each with one first file that exists', () => {
    const recipes = text
      .split(/^### /m)
      .slice(1)
      .map((recipe) => recipe.split(/^## /m)[0] ?? '');
    expect(recipes.map((recipe) => recipe.split('\n')[0])).toHaveLength(11);
    for (const recipe of recipes) {
      const files = Array.from(recipe.matchAll(/^First file: \[(\S+)\]\((\S+)\)/gm), ([, , path]) => path);
      expect(files, recipe).toHaveLength(1);
      expect(existsSync(join(root, files[0] ?? '')), files[0]).toBe(true);
    }
  });

  it('names only files and folders that exist', () => {
    const paths = Array.from(
      text.matchAll(/`((?:core|lib|local|cli|dashboard|store|docs|test|client)\/[\w./-]+)`/g),
      ([, path = '']) => path,
    ).filter((path) => path !== 'dashboard/dist/');
    expect(paths.length).toBeGreaterThan(30);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

describe('docs/architecture.md', () => {
  it('names only files that exist', () => {
    const spans = Array.from(
      readDocument('docs/architecture.md').matchAll(/`([a-z]+\/[\w./-]*)`/g),
      ([, path = '']) => path,
    );
    const missing = spans.filter(
      (path) => !existsSync(join(root, path)) && !existsSync(join(root, 'core', path)),
    );
    const insideRedaction = ['text/', 'encodings/', 'detectors/', 'engine/'];
    expect(missing.filter((path) => !insideRedaction.includes(path))).toEqual([]);
  });
});
