// Runs the CLI as an installed package: compiled, with type stripping turned off in Node.js.
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outlineChanges } from '../../core/changes/change-outline.ts';
import { compareStates } from '../../core/changes/state-comparison.ts';
import { makeItem } from '../core/export/items.ts';
import { emptyPage, startFakeApi } from './fake-api.ts';

const root = new URL('../../', import.meta.url).pathname;
const compiler = join(
  dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
  'bin',
  'tsc',
);
const folder = mkdtempSync(join(tmpdir(), 'request-logs-bin-'));
const installed = join(folder, 'node_modules', '@mayaops', 'request-logs');

function runNode(args: readonly string[], environment = {}): Promise<{ exitCode: number; output: string }> {
  return new Promise((resolve) => {
    const env = { PATH: process.env.PATH, ...environment };
    execFile(process.execPath, args, { cwd: folder, env }, (error, stdout, stderr) =>
      resolve({ exitCode: error ? Number(error.code) : 0, output: stdout + stderr }),
    );
  });
}

describe('the bin of the package', () => {
  const { bin } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    bin: Record<string, string>;
  };
  const program = join(installed, bin['request-logs'] ?? '');

  beforeAll(async () => {
    mkdirSync(installed, { recursive: true });
    cpSync(join(root, 'package.json'), join(installed, 'package.json'));
    symlinkSync(join(root, 'node_modules'), join(installed, 'node_modules'));
    const project = join(root, 'tsconfig.build.json');
    const built = await runNode([compiler, '--project', project, '--outDir', join(installed, 'dist')]);
    expect(built).toEqual({ exitCode: 0, output: '' });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('runs without the TypeScript sources', async () => {
    expect(readFileSync(program, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
    const { exitCode, output } = await runNode(['--no-experimental-strip-types', program, '--help']);
    expect(exitCode).toBe(0);
    expect(output).toContain('Usage: request-logs [command] [options]');
    await using api = await startFakeApi();
    const listed = await runNode(['--no-experimental-strip-types', program], { REQUEST_LOGS_URL: api.url });
    expect(listed).toEqual({
      exitCode: 0,
      output: 'No entries match. The search covered the entire range in the accounts you can view.\n',
    });
    const changes = outlineChanges(compareStates({ groups: [{ id: 'a' }] }, { groups: [{ id: 'b' }] }));
    const item = makeItem(changes);
    api.answer = () => ({ body: { ...emptyPage, items: [item] } });
    const row = await runNode(['--no-experimental-strip-types', program], { REQUEST_LOGS_URL: api.url });
    expect(row).toMatchObject({ exitCode: 0, output: expect.stringContaining('groups.b: added') });
  });
});
