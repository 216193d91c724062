// Loads the page that verifies an evidence archive.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** The page in the package, which `npm run build` writes. */
const builtPage = new URL('./evidence-page.html', import.meta.url);

/** Returns the page with its script and styles. In a checkout, it is bundled from its sources. */
export async function loadEvidencePage(): Promise<string> {
  if (existsSync(fileURLToPath(builtPage))) return readFile(builtPage, 'utf8');
  // Not a literal, because the package has neither the sources nor the bundler.
  const builder = new URL('../dashboard/evidence/build-page.ts', import.meta.url).href;
  const { buildPage } = (await import(builder)) as { readonly buildPage: () => Promise<string> };
  return buildPage();
}
