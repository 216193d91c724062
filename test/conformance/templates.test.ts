import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const outDir = mkdtempSync(join(tmpdir(), 'request-logs-lint-'));
afterAll(() => rmSync(outDir, { recursive: true, force: true }));

describe('cfn-lint', () => {
  it.each(['dev', 'local'])('finds no error in the template of config/%s.json', (stage) => {
    const config = JSON.parse(readFileSync(join(root, 'config', `${stage}.json`), 'utf8'));
    const env = {
      ...process.env,
      CDK_OUTDIR: outDir,
      CDK_CONTEXT_JSON: JSON.stringify({ config, 'aws:cdk:bundling-stacks': [] }),
    };
    const synth = spawnSync(process.execPath, ['bin/request-logs.ts'], { cwd: root, env, encoding: 'utf8' });
    expect(synth.status, synth.stderr).toBe(0);
    const template = join(outDir, `RequestLogs-${stage}.template.json`);
    const lint = spawnSync(process.env.CFN_LINT ?? 'cfn-lint', ['--non-zero-exit-code', 'error', template], {
      encoding: 'utf8',
    });
    expect(lint.status, lint.stdout + lint.stderr).toBe(0);
  });
});
