// Extracts the fonts that Cloudscape's global stylesheet embeds as base64. Embedded, Open Sans adds 190 KB before the first
// paint. As files, browsers load fonts on demand and cache them.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const inlineFont = /url\(['"]?data:font\/woff2;base64,([A-Za-z0-9+/=]+)['"]?\)/g;

/** Directory for the extracted files, from which Vite bundles them. */
const cache = join(import.meta.dirname, '..', 'node_modules', '.cache', 'dashboard-fonts');

/** Vite plugin that extracts the fonts of @cloudscape-design/global-styles to files. */
export function fontFiles(): Plugin {
  return {
    name: 'font-files',
    enforce: 'pre',
    load(id) {
      const [path = ''] = id.split('?');
      if (!path.endsWith('@cloudscape-design/global-styles/index.css')) return undefined;
      mkdirSync(cache, { recursive: true });
      return readFileSync(path, 'utf8').replaceAll(inlineFont, (_, base64: string) => {
        const font = Buffer.from(base64, 'base64');
        const name = `open-sans-${createHash('sha256').update(font).digest('hex').slice(0, 8)}.woff2`;
        writeFileSync(join(cache, name), font);
        return `url('${join(cache, name)}')`;
      });
    },
  };
}
