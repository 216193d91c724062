// When the stored format changes, data of an older local stack is unreadable. Then `dataVersion` must be
// incremented, and the new format stored in a new file.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dataVersion } from '../../local/shared/data-version.ts';
import { storedForm } from './stored-form.ts';

const folder = new URL('../fixtures/stored-forms/', import.meta.url);

describe('dataVersion', () => {
  it(`is incremented when the stored format changes (stored-forms/${dataVersion}.json)`, () => {
    const form = JSON.parse(JSON.stringify(storedForm()));
    const file = new URL(`${dataVersion}.json`, folder);
    const known = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
    expect(
      form,
      `the stored format changed: increment dataVersion in local/shared/data-version.ts and store the new format in ${file.pathname}`,
    ).toEqual(known);
  });

  it('has a different format in each version, and the last one is current', () => {
    const names = readdirSync(folder);
    const versions = names.map((name) => Number(name.replace('.json', ''))).sort((a, b) => a - b);
    expect(versions.at(-1)).toBe(dataVersion);
    const forms = names.map((name) => readFileSync(new URL(name, folder), 'utf8'));
    expect(new Set(forms).size).toBe(names.length);
  });
});
