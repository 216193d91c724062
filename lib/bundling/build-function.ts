// Bundles the code of a function. Dynamic imports become separate files that are loaded on demand: CDK's NodejsFunction
// writes a single file, which Lambda would parse completely at every cold start.
import { join } from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';
import { packageReplacements, projectRoot } from './sdk-replacements.ts';
import { trimModules } from './trim-modules.ts';

/** The options for all code that runs in Lambda. */
export const bundleOptions = {
  absWorkingDir: projectRoot,
  outExtension: { '.js': '.mjs' },
  chunkNames: '[name]-[hash]',
  splitting: true,
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  charset: 'utf8',
  mainFields: ['module', 'main'],
  // Only browser code imports it, which is left out; splitting would write its 34 KB all the same.
  external: ['bowser'],
  alias: { ...packageReplacements },
  plugins: [trimModules] as Plugin[],
  metafile: true,
  logLevel: 'warning',
} satisfies BuildOptions;

/**
 * Writes the bundle of functions/<entry>.ts to the folder: `index.mjs`, its shared chunks, and the chunks that are
 * loaded on demand. Returns what is in the bundle. Without a folder, nothing is written.
 */
export async function buildFunction(entry: string, outdir?: string): Promise<Metafile> {
  const { metafile } = await build({
    ...bundleOptions,
    entryPoints: { index: join('functions', `${entry}.ts`) },
    outdir: outdir ?? 'out',
    write: outdir !== undefined,
  });
  return metafile;
}
