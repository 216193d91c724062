import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generatedDocuments } from '../../docs/generate.ts';

describe('generatedDocuments', () => {
  it.each(Object.keys(generatedDocuments))('%s is current (npm run docs)', async (path) => {
    const text = readFileSync(join(import.meta.dirname, '..', '..', path), 'utf8');
    expect(text).toBe(await generatedDocuments[path]?.());
  });
});
