import { describe, expect, it } from 'vitest';
import { ModuleLoadError, ModuleLoader } from '../../../dashboard/src/loading/module-loader.ts';

/** An import that fails until the given attempt. */
function importsFrom(attempt: number) {
  let attempts = 0;
  return async () => {
    attempts++;
    if (attempts < attempt) throw new TypeError('Failed to fetch dynamically imported module');
    return { attempts };
  };
}

describe('ModuleLoader', () => {
  it('loads once for several calls', async () => {
    const loader = new ModuleLoader(importsFrom(1));
    expect(loader.load()).toBe(loader.load());
    expect(await loader.load()).toEqual({ attempts: 1 });
  });

  it('returns the same failure until forget is called, so that rendering again does not loop', async () => {
    const loader = new ModuleLoader(importsFrom(2));
    await expect(loader.load()).rejects.toThrow(ModuleLoadError);
    await expect(loader.load()).rejects.toMatchObject({ cause: expect.any(TypeError) });
  });

  it('loads again after each forget', async () => {
    const loader = new ModuleLoader(importsFrom(3));
    await expect(loader.load()).rejects.toThrow(ModuleLoadError);
    loader.forget();
    await expect(loader.load()).rejects.toThrow(ModuleLoadError);
    loader.forget();
    expect(await loader.load()).toEqual({ attempts: 3 });
  });

  it('rejects in the same way when the import throws synchronously', async () => {
    const loader = new ModuleLoader(() => {
      throw new Error('Unable to preload CSS');
    });
    await expect(loader.load()).rejects.toThrow(ModuleLoadError);
  });
});
