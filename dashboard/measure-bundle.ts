// Checks what a browser loads before the page shows anything, against the budgets of the page. Run it after a build.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Bytes of a first load, gzipped. A bare page of Cloudscape's components takes 355 KB and, with its fonts, 240 KB. */
const budgetBytes = { js: 450_000, css: 150_000 } as const;

type Kind = keyof typeof budgetBytes;

export interface BundleSize {
  readonly kind: Kind;
  readonly bytes: number;
  readonly budgetBytes: number;
}

/** What index.html of a built page asks for: scripts, modules loaded ahead, stylesheets. Fails when there is no build. */
export function measureBundle(dist: string): BundleSize[] {
  const page = join(dist, 'index.html');
  if (!existsSync(page)) throw new Error('there is no build; run npm run build:dashboard first');
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
    const say = (size: number) => `${Math.round(size / 1000)} KB`;
    console.log(`${kind}: ${say(bytes)} of ${say(budget)}, gzipped${isOver ? ': over budget' : ''}`);
    if (isOver) process.exitCode = 1;
  }
}
