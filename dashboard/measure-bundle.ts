// Checks the size of the initial page load against its budget. Run it after a build.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Gzipped bytes of the initial load. React DOM and Table are most of it; the fonts are separate files. */
const budgetBytes = { js: 270_000, css: 74_000 } as const;

type Kind = keyof typeof budgetBytes;

export interface BundleSize {
  readonly kind: Kind;
  readonly bytes: number;
  readonly budgetBytes: number;
}

/** Measures the scripts, preloaded modules and stylesheets that index.html references. Throws if there is no build. */
export function measureBundle(dist: string): BundleSize[] {
  const page = join(dist, 'index.html');
  if (!existsSync(page)) throw new Error('dashboard/dist has no build. Run npm run build:dashboard first.');
  const html = readFileSync(page, 'utf8');
  const assets = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(js|css))"/g)];
  return (Object.keys(budgetBytes) as Kind[]).map((kind) => {
    const sizes = assets
      .filter(([, , ending]) => ending === kind)
      .map(([, name = '']) => gzipSync(readFileSync(join(dist, name)), { level: 9 }).length);
    return { kind, bytes: sizes.reduce((sum, size) => sum + size, 0), budgetBytes: budgetBytes[kind] };
  });
}

if (import.meta.main) {
  for (const { kind, bytes, budgetBytes: budget } of measureBundle(join(import.meta.dirname, 'dist'))) {
    const isOver = bytes > budget;
    const format = (size: number) => `${Math.round(size / 1000)} KB`;
    console.log(`${kind}: ${format(bytes)} of ${format(budget)}, gzipped${isOver ? ': over budget' : ''}`);
    if (isOver) process.exitCode = 1;
  }
}
