// Reads the Markdown files of the repository for the tests of the documentation: links, anchors, tables, code blocks.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');

const generatedFolders = new Set([
  'node_modules',
  'cdk.out',
  'dist',
  '.git',
  '.local',
  '.cache',
  '.stryker-tmp',
  'reports',
]);

/** The path of every Markdown file in the repository, relative to its root. */
export function listMarkdownFiles(folder = root): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return generatedFolders.has(entry.name) ? [] : listMarkdownFiles(path);
      return entry.name.endsWith('.md') ? [relative(root, path)] : [];
    })
    .sort();
}

export function readDocument(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

export interface CodeBlock {
  readonly path: string;
  /** `ts`, `sh`, `json`; empty where the block has none. */
  readonly language: string;
  readonly text: string;
}

/** The fenced code blocks of a file. */
export function codeBlocksOf(path: string): CodeBlock[] {
  return Array.from(
    readDocument(path).matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm),
    ([, language = '', text = '']) => ({ path, language, text }),
  );
}

/** The text without code blocks and code spans, where brackets and headings mean nothing. */
function proseOf(text: string): string {
  return text.replaceAll(/^```[\s\S]*?^```$/gm, '').replaceAll(/(`+)[^`\n]+?\1/g, '');
}

/** The targets of links and pictures. */
export function linksOf(text: string): string[] {
  const prose = proseOf(text);
  const links = Array.from(prose.matchAll(/\]\(([^)\s]+)\)/g), ([, target = '']) => target);
  const pictures = Array.from(prose.matchAll(/(?:src|srcset|href)="([^"]+)"/g), ([, target = '']) => target);
  return [...links, ...pictures];
}

/** The anchors that the headings get on GitHub. */
export function anchorsOf(text: string): string[] {
  const headings = text.replaceAll(/^```[\s\S]*?^```$/gm, '').matchAll(/^#{1,6} (.+)$/gm);
  const counts = new Map<string, number>();
  return Array.from(headings, ([, heading = '']) => {
    const slug = heading
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .trim()
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-');
    const count = counts.get(slug) ?? 0;
    counts.set(slug, count + 1);
    return count === 0 ? slug : `${slug}-${count}`;
  });
}

/** The rows of the table whose first column has this heading, as the texts of their cells. */
export function tableOf(path: string, firstHeading: string): string[][] {
  const lines = readDocument(path).split('\n');
  const start = lines.findIndex((line) => cellsOf(line)[0] === firstHeading);
  if (start === -1) throw new Error(`${path} has no table that begins with ${firstHeading}`);
  const rows = lines.slice(start + 2);
  const end = rows.findIndex((line) => !line.startsWith('|'));
  return rows.slice(0, end === -1 ? undefined : end).map(cellsOf);
}

function cellsOf(line: string): string[] {
  return line.startsWith('|')
    ? line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim())
    : [];
}

/** The code spans of a cell. */
export function codeSpansOf(cell: string): string[] {
  return Array.from(cell.matchAll(/`([^`]+)`/g), ([, code = '']) => code);
}
