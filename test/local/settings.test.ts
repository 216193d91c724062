import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { readSettings } from '../../local/settings.ts';
import { lockDataDir } from '../../local/shared/data-lock.ts';

describe('readSettings', () => {
  it('has defaults', () => {
    expect(readSettings([], {})).toEqual({
      port: 3000,
      dataDir: resolve('.local'),
      dynamodbEndpoint: undefined,
      empty: false,
      help: false,
    });
  });

  it('reads arguments and environment', () => {
    const env = { PORT: '8080', DATA_DIR: '/data', DYNAMODB_ENDPOINT: 'http://localhost:8000' };
    expect(readSettings(['--empty'], env)).toMatchObject({
      port: 8080,
      dataDir: resolve('/data'),
      dynamodbEndpoint: 'http://localhost:8000',
      empty: true,
    });
  });

  it.each(['abc', '0', '65536', '-1', '80.5', ' 80'])(
    'rejects the port %j and lists what is allowed',
    (PORT) => {
      expect(() => readSettings([], { PORT })).toThrow(
        `PORT must be an integer from 1 to 65535; got ${PORT}`,
      );
    },
  );

  it('rejects an unknown argument', () => {
    expect(() => readSettings(['--ful'], {})).toThrow('npm start accepts --empty and --help; got --ful');
  });
});

describe('lockDataDir', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'request-logs-lock-'));
  afterEach(() => rmSync(join(dataDir, 'running.pid'), { force: true }));

  it('rejects a second stack until the folder is unlocked', () => {
    const unlock = lockDataDir(dataDir);
    expect(() => lockDataDir(dataDir)).toThrow(`in use by process ${process.pid}`);
    unlock();
    lockDataDir(dataDir)();
  });

  it('replaces the lock of a process that no longer runs', () => {
    writeFileSync(join(dataDir, 'running.pid'), '999999999');
    expect(() => lockDataDir(dataDir)).not.toThrow();
  });
});
