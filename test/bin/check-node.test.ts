import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };

const script = join(import.meta.dirname, '..', '..', 'bin', 'check-node.cjs');
const { findProblem } = createRequire(import.meta.url)(script) as {
  findProblem: (userAgent: string | undefined, version: string, isInstalling: boolean) => string | undefined;
};

const npmOn = (version: string) => `npm/10.8.2 node/${version} linux x64 workspaces/false`;

describe('findProblem', () => {
  it('accepts npm on every supported version, once npm ci has installed Node.js 24', () => {
    for (const version of ['v20.12.0', 'v20.20.2', 'v22.1.0', 'v24.0.0', 'v26.1.0']) {
      expect(findProblem(npmOn(version), '24.21.0', false), version).toBeUndefined();
    }
    expect(findProblem(undefined, '24.21.0', false)).toBeUndefined();
  });

  it('rejects npm on an older version and says what to do', () => {
    for (const version of ['v20.11.1', 'v18.19.1', 'v8.0.0']) {
      expect(findProblem(npmOn(version), '24.21.0', true)).toBe(
        `Request Logs requires Node.js 20.12 or later, but npm runs on ${version}. Install Node.js 24 (see .nvmrc), then run npm ci.`,
      );
    }
  });

  it('rejects scripts outside the Node.js 24 that npm ci installs, but allows npm ci itself', () => {
    expect(findProblem(npmOn('v20.20.2'), '20.20.2', false)).toBe(
      'npm scripts require the Node.js 24 that npm ci installs, but this is v20.20.2. Run npm ci first.',
    );
    expect(findProblem(npmOn('v20.20.2'), '20.20.2', true)).toBeUndefined();
  });
});

describe('check-node.cjs', () => {
  const run = (env: NodeJS.ProcessEnv) => spawnSync(process.execPath, [script], { env, encoding: 'utf8' });

  it('fails with one sentence on an unsupported version, and prints nothing otherwise', () => {
    const old = run({ npm_config_user_agent: npmOn('v18.19.1') });
    expect([old.status, old.stdout]).toEqual([1, '']);
    expect(old.stderr).toMatch(/^Request Logs requires Node\.js 20\.12 or later, .*\n$/);
    expect(run({ npm_config_user_agent: npmOn('v22.1.0') })).toMatchObject({
      status: 0,
      stdout: '',
      stderr: '',
    });
  });

  it('runs before npm start and npm test, and after npm ci', () => {
    const { prestart, pretest, prepare } = packageJson.scripts;
    expect([prestart, pretest, prepare]).toEqual(Array(3).fill('node bin/check-node.cjs'));
  });

  it('does not run where the published package is installed', () => {
    const hooks = Object.keys(packageJson.scripts).filter((name) => /^(pre|post)?install$/.test(name));
    expect(hooks).toEqual([]);
    expect(packageJson.files).toEqual(['dist']);
  });
});
