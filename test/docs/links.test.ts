import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generatedDocuments } from '../../docs/generate.ts';
import { anchorsOf, linksOf, listMarkdownFiles, readDocument, root } from './markdown.ts';

const files = listMarkdownFiles();
const isExternal = (target: string) => /^[a-z]+:/.test(target);

/** What is wrong with a relative link, or nothing. */
function findProblem(file: string, target: string): string | undefined {
  const [path = '', anchor] = target.split('#');
  const absolute = path === '' ? join(root, file) : join(root, dirname(file), decodeURIComponent(path));
  const name = relative(root, absolute);
  if (name.startsWith('..')) return `${target} leaves the repository`;
  if (!existsSync(absolute)) return `${target}: there is no ${name}`;
  if (anchor === undefined || !name.endsWith('.md')) return undefined;
  return anchorsOf(readDocument(name)).includes(anchor)
    ? undefined
    : `${target}: ${name} has no such heading`;
}

describe.each(files)('%s', (file) => {
  it('has only relative links that resolve, anchors included', () => {
    const targets = linksOf(readDocument(file)).filter((target) => !isExternal(target));
    const problems = targets.flatMap((target) => findProblem(file, target) ?? []);
    expect(problems).toEqual([]);
  });
});

describe('docs/README.md', () => {
  it('lists every page of docs/', () => {
    const linked = linksOf(readDocument('docs/README.md'));
    const pages = files.filter((file) => /^docs\/[^/]+\.md$/.test(file) && file !== 'docs/README.md');
    const missing = pages.map((file) => relative('docs', file)).filter((page) => !linked.includes(page));
    expect(pages.length).toBeGreaterThan(6);
    expect(missing).toEqual([]);
  });

  it('lists every generated document of docs/', () => {
    const linked = linksOf(readDocument('docs/README.md'));
    const documents = Object.keys(generatedDocuments).filter((path) => /^docs\/[^/]+$/.test(path));
    expect(documents.map((path) => relative('docs', path)).filter((name) => !linked.includes(name))).toEqual(
      [],
    );
  });
});

describe('docs/decisions/README.md', () => {
  it('lists every decision', () => {
    const linked = linksOf(readDocument('docs/decisions/README.md'));
    const decisions = files.filter((file) => /^docs\/decisions\/\d{4}-/.test(file));
    expect(decisions.length).toBeGreaterThan(15);
    expect(decisions.map((file) => relative('docs/decisions', file)).sort()).toEqual(linked.sort());
  });

  it('leads to decisions with the same five sections each', () => {
    const decisions = files.filter((file) => /^docs\/decisions\/\d{4}-/.test(file));
    for (const file of decisions) {
      const sections = Array.from(readDocument(file).matchAll(/^## (.+)$/gm), ([, title]) => title);
      expect(sections, file).toEqual([
        'Status',
        'Context',
        'Decision',
        'Consequences',
        'Rejected alternatives',
      ]);
    }
  });
});
