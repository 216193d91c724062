// The generated table of token forms is current. It needs `go` and the Go module proxy, and is skipped without `go`.
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');
const hasGo = spawnSync('go', ['version']).status === 0;

describe('npm run token-forms', () => {
  it.skipIf(!hasGo)('finds the table as the release of gitleaks has it', () => {
    const run = () => execFileSync('npm', ['run', '--silent', 'token-forms', '--', '--check'], { cwd: root });
    expect(run).not.toThrow();
  });
});
