// Bundles the page that verifies an evidence archive into one HTML file. `node dashboard/evidence/build-page.ts FILE`
// writes it.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Returns the page. Its Content-Security-Policy allows only its own script and styles, and no request. */
export async function buildPage(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'verify-page.ts')],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    legalComments: 'none',
    charset: 'ascii',
  });
  const script = (outputFiles[0]?.text ?? '').trim().replaceAll('</', '<\\/');
  const styles = readFileSync(join(import.meta.dirname, 'verify-page.css'), 'utf8').trim();
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(styles)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const page = readFileSync(join(import.meta.dirname, 'verify-page.html'), 'utf8');
  return page
    .replace("default-src 'none'", () => policy)
    .replace('<style></style>', () => `<style>${styles}</style>`)
    .replace('<script></script>', () => `<script>${script}</script>`);
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

if (import.meta.main) {
  const [, , file] = process.argv;
  if (file === undefined) throw new Error('name the file to write');
  writeFileSync(file, await buildPage());
}
