// Cloudscape's global stylesheet carries its font, Open Sans, as base64 in the CSS: 190 KB that everybody loads before
// the first paint. This makes files of them, which browsers load when needed and keep.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const inlineFont = /url\(['"]?data:font\/woff2;base64,([A-Za-z0-9+/=]+)['"]?\)/g;

/** Where the files wait for Vite to take them. */
const cache = join(import.meta.dirname, '..', 'node_modules', '.cache', 'dashboard-fonts');

/** A Vite plugin that turns the fonts inside @cloudscape-design/global-styles into files. */
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
