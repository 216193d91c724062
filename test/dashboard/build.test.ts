// Builds the page as for deployment, and checks the output.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { measureBundle } from '../../dashboard/measure-bundle.ts';

const dist = mkdtempSync(join(tmpdir(), 'request-logs-dashboard-'));
const read = (name: string) => readFileSync(join(dist, name), 'utf8');
const assets = (ending: string) => readdirSync(join(dist, 'assets')).filter((name) => name.endsWith(ending));

beforeAll(async () => {
  // Vitest sets NODE_ENV to test, which makes React larger and slower.
  vi.stubEnv('NODE_ENV', 'production');
  const dashboard = join(import.meta.dirname, '..', '..', 'dashboard');
  await build({
    root: dashboard,
    configFile: join(dashboard, 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir: dist, emptyOutDir: true },
  });
});

afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(dist, { recursive: true, force: true });
});

describe('the built page', () => {
  it.each(['js', 'css'] as const)('keeps the initial %s within its budget', (kind) => {
    const size = measureBundle(dist).find((measured) => measured.kind === kind);
    expect(size?.bytes).toBeGreaterThan(0);
    expect(size?.bytes).toBeLessThanOrEqual(size?.budgetBytes ?? 0);
  });

  it('loads the entry panel, the dialogs, and the controls of the list on demand', () => {
    const html = read('index.html');
    for (const part of [
      'entry-panel',
      'export-dialog',
      'help-dialog',
      'entry-filter',
      'time-range-picker',
      'list-preferences',
      'overview',
    ]) {
      const chunk = assets('.js').find((name) => name.startsWith(part));
      expect(chunk, part).toBeDefined();
      expect(html).not.toContain(chunk);
    }
  });

  it('has its fonts in separate files', () => {
    expect(assets('.woff2').length).toBeGreaterThan(0);
    for (const name of assets('.css')) expect(read(join('assets', name))).not.toContain('data:font');
  });

  it('has no inline script or style, no external resources and no data: URLs', () => {
    const html = read('index.html');
    expect(html).not.toMatch(/<style|style=|<script(?![^>]*\bsrc=)|\bon\w+=/);
    expect([...html.matchAll(/(?:src|href)="([^"]+)"/g)].filter(([, url]) => !url?.startsWith('/'))).toEqual(
      [],
    );
    for (const name of assets('.css')) {
      expect(read(join('assets', name))).not.toMatch(/url\(\s*["']?(?:data:|https?:|\/\/)/);
    }
  });
});
