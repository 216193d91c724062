import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dataVersion, requireDataVersion } from '../../../local/shared/data-version.ts';

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'request-logs-version-'));
});

afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const versionFile = () => join(dataDir, 'data-version');

describe('requireDataVersion', () => {
  it('writes the version into a folder without data, and accepts it with data', () => {
    mkdirSync(join(dataDir, 'logs'));
    requireDataVersion(dataDir);
    expect(readFileSync(versionFile(), 'utf8')).toBe(`${dataVersion}\n`);
    mkdirSync(join(dataDir, 'dynamodb'));
    requireDataVersion(dataDir);
  });

  it('replaces another version when there is no data', () => {
    writeFileSync(versionFile(), '999');
    requireDataVersion(dataDir);
    expect(readFileSync(versionFile(), 'utf8')).toBe(`${dataVersion}\n`);
  });

  it.each(['dynamodb', 'queues'])('fails for data in %s without a version, and names the command', (name) => {
    mkdirSync(join(dataDir, name));
    expect(() => requireDataVersion(dataDir)).toThrow(
      `the data folder ${dataDir} has no data version, and this release needs version ${dataVersion}`,
    );
    expect(() => requireDataVersion(dataDir)).toThrow(
      `rm -r ${dataDir} (or keep it: mv ${dataDir} ${dataDir}.old)`,
    );
  });

  it.each(['0', String(dataVersion + 1), '', 'x'])('fails for data of version %j', (version) => {
    mkdirSync(join(dataDir, 'dynamodb'));
    writeFileSync(versionFile(), version);
    expect(() => requireDataVersion(dataDir)).toThrow(`has data version ${JSON.stringify(version)}`);
  });

  it('quotes the folder for the shell', () => {
    const folder = join(dataDir, "it's here");
    mkdirSync(join(folder, 'queues'), { recursive: true });
    expect(() => requireDataVersion(folder)).toThrow(`rm -r '${dataDir}/it'\\''s here'`);
  });
});
