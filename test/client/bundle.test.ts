import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

const maxBytes = 12 * 1024;

describe('the client', () => {
  it('bundles for browsers without Node.js modules, within 12 KB', async () => {
    const { outputFiles, metafile } = await build({
      entryPoints: [join(import.meta.dirname, '..', '..', 'client', 'client.ts')],
      bundle: true,
      minify: true,
      format: 'esm',
      platform: 'browser',
      metafile: true,
      write: false,
    });
    const inputs = Object.keys(metafile.inputs);
    expect(inputs.filter((path) => !/^client\/|^node_modules\/openapi-fetch\//.test(path))).toEqual([]);
    expect(outputFiles[0]?.contents.length).toBeLessThanOrEqual(maxBytes);
  });
});
