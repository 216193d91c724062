import { describe, expect, it } from 'vitest';
import { PartLoader, PartNotLoaded } from '../../../dashboard/src/page/part-loader.ts';

/** Imports that fail until the given attempt. */
function importsFrom(attempt: number) {
  let attempts = 0;
  return async () => {
    attempts++;
    if (attempts < attempt) throw new TypeError('Failed to fetch dynamically imported module');
    return { attempts };
  };
}

describe('PartLoader', () => {
  it('loads once, however often it is asked', async () => {
    const loader = new PartLoader(importsFrom(1));
    expect(loader.load()).toBe(loader.load());
    expect(await loader.load()).toEqual({ attempts: 1 });
  });

  it('gives the same failure until it is forgotten, so that who reads it again does not load in circles', async () => {
    const loader = new PartLoader(importsFrom(2));
    await expect(loader.load()).rejects.toThrow(PartNotLoaded);
    await expect(loader.load()).rejects.toMatchObject({ cause: expect.any(TypeError) });
  });

  it('loads anew once a failure is forgotten, as often as needed', async () => {
    const loader = new PartLoader(importsFrom(3));
    await expect(loader.load()).rejects.toThrow(PartNotLoaded);
    loader.forget();
    await expect(loader.load()).rejects.toThrow(PartNotLoaded);
    loader.forget();
    expect(await loader.load()).toEqual({ attempts: 3 });
  });

  it('fails alike when the import throws at once', async () => {
    const loader = new PartLoader(() => {
      throw new Error('Unable to preload CSS');
    });
    await expect(loader.load()).rejects.toThrow(PartNotLoaded);
  });
});
