// The rules of redaction in the bundles, whose tables lack the names of the issuers, find the same tokens.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gitleaksForms } from '../../../core/redaction/detectors/gitleaks-forms.ts';
import { reviewedForms, webhookAddresses } from '../../../core/redaction/detectors/reviewed-forms.ts';
import { readRow, type TokenRow } from '../../../core/redaction/detectors/token-form.ts';
import { redactValue } from '../../../core/redaction/engine/redact.ts';
import { bundleOptions } from '../../../lib/bundling/build-function.ts';

const workspace = mkdtempSync(join(tmpdir(), 'request-logs-redaction-'));
let bundled: typeof redactValue;

beforeAll(async () => {
  await build({
    ...bundleOptions,
    entryPoints: { index: 'core/redaction/engine/redact.ts' },
    outdir: workspace,
  });
  ({ redactValue: bundled } = await import(pathToFileURL(join(workspace, 'index.mjs')).href));
});

afterAll(() => rmSync(workspace, { recursive: true }));

/** A token of the form, with the first character of each alphabet. */
function makeToken(row: TokenRow): string {
  return readRow(row)
    .parts.map((part) => (typeof part === 'string' ? part : (part[0][0] ?? '').repeat(part[1])))
    .join('');
}

describe('the bundled redaction', () => {
  it('replaces tokens of every form like the source', () => {
    const rows = [...gitleaksForms, ...reviewedForms, ...webhookAddresses];
    const texts = rows.map((row) => `it failed with ${makeToken(row)}/T0/B0/x1y2z3 today`);
    const redacted = texts.map((text) => bundled(text));
    expect(redacted).toEqual(texts.map((text) => redactValue(text)));
    expect(redacted.filter((text, index) => text !== texts[index]).length).toBeGreaterThan(200);
  });
});
