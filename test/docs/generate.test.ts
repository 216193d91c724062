import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generatedDocuments } from '../../docs/generate.ts';

describe('generatedDocuments', () => {
  it.each(Object.keys(generatedDocuments))('docs/%s is current (npm run docs)', (name) => {
    const path = join(import.meta.dirname, '..', '..', 'docs', name);
    expect(readFileSync(path, 'utf8')).toBe(generatedDocuments[name]?.());
  });
});
