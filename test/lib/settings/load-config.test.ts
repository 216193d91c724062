import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigError } from '../../../lib/settings/config-error.ts';
import { loadConfig } from '../../../lib/settings/load-config.ts';
import { poolSettings } from '../synthesize.ts';

const directory = mkdtempSync(join(tmpdir(), 'request-logs-config-'));
afterAll(() => rmSync(directory, { recursive: true }));

function writeConfig(name: string, text: string): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}

describe('loadConfig', () => {
  it('reads config/dev.json by default', () => {
    expect(loadConfig(undefined)).toMatchObject({ stage: 'dev', issuer: undefined });
  });

  it('reads the given file', () => {
    expect(loadConfig('config/local.json')).toMatchObject({
      stage: 'local',
      issuer: { issuer: 'http://localhost:3000/_local/issuer', audience: ['request-logs'] },
      producers: [
        { account: 'self', organizations: '*' },
        { account: '111122223333', organizations: ['globex'] },
      ],
      removalPolicy: 'destroy',
    });
  });

  it('accepts JSON in place of a path, as text or as an object', () => {
    expect(loadConfig(JSON.stringify(poolSettings)).stage).toBe('test');
    expect(loadConfig(poolSettings).stage).toBe('test');
  });

  it('fails when the file does not exist and names it', () => {
    expect(() => loadConfig('config/none.json')).toThrow(ConfigError);
    expect(() => loadConfig('config/none.json')).toThrow(/cannot read config\/none\.json/);
  });

  it('fails when the file is not JSON and names it', () => {
    const path = writeConfig('broken.json', '{ "stage": ');
    expect(() => loadConfig(path)).toThrow(/broken\.json is not JSON/);
  });

  it('rejects a context that is neither a path nor JSON', () => {
    expect(() => loadConfig(true)).toThrow(/context config must be the path/);
  });
});
