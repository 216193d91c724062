// Tests the emitter as an installed package: built, and imported from a folder outside of this repository.
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeEventBridge, startFakeEventBridge } from './fake-event-bridge.ts';

const root = new URL('../../', import.meta.url).pathname;
const require = createRequire(import.meta.url);
const compiler = join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');

let folder: string;
let consumer: string;
let bridge: FakeEventBridge;

/** Runs Node.js and returns its output and exit code. */
function runNode(args: readonly string[], cwd: string): Promise<{ exitCode: number; output: string }> {
  const { NODE_OPTIONS: _, ...env } = process.env;
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd, env }, (error, stdout, stderr) =>
      resolve({ exitCode: error ? Number(error.code) : 0, output: stdout + stderr }),
    );
  });
}

/** Installs the package like npm: package.json and `files`, with dependencies from a node_modules folder. */
beforeAll(async () => {
  bridge = await startFakeEventBridge();
  folder = mkdtempSync(join(tmpdir(), 'request-logs-package-'));
  const installed = join(folder, 'node_modules', '@mayaops', 'request-logs');
  consumer = join(folder, 'service');
  mkdirSync(installed, { recursive: true });
  mkdirSync(consumer);
  cpSync(join(root, 'package.json'), join(installed, 'package.json'));
  symlinkSync(join(root, 'node_modules'), join(installed, 'node_modules'));
  writeFileSync(join(consumer, 'package.json'), '{"type":"module"}');
  const outDir = join(installed, 'dist');
  const built = await runNode(
    [compiler, '--project', join(root, 'tsconfig.build.json'), '--outDir', outDir],
    root,
  );
  expect(built).toEqual({ exitCode: 0, output: '' });
});

afterAll(async () => {
  await bridge[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

const imports = `import { createEmitter, seal } from '@mayaops/request-logs/emitter';`;

const detail = (states: string) => `{
  organizationId: 'acme',
  actor: { userId: 'u-1', type: 'user', role: 'Admin' },
  authorization: { permission: 'service:create', decision: 'ALLOWED' },
  accountId: '123456789012',
  region: 'eu-west-1',
  target: { kind: 'SERVICE', type: 'ecs-service', id: 'svc-1', name: 'checkout-api' },
  ${states}
}`;

describe('@mayaops/request-logs/emitter', () => {
  it('emits from plain JavaScript', async () => {
    writeFileSync(
      join(consumer, 'emit.js'),
      `${imports}
       const clientConfig = {
         endpoint: ${JSON.stringify(bridge.endpoint)},
         region: 'eu-west-1',
         credentials: { accessKeyId: '210987654321', secretAccessKey: 'local' },
       };
       const emitter = createEmitter({ eventBusName: 'audit', clientConfig });
       const sealed = seal({ detailType: 'Service Created', detail: ${detail('after: { cpu: 512 }')} });
       console.log(JSON.stringify(await emitter.send([sealed])));`,
    );
    const { exitCode, output } = await runNode(['--no-experimental-strip-types', 'emit.js'], consumer);
    expect({ exitCode, output }).toEqual({
      exitCode: 0,
      output: expect.stringContaining('"status":"published"'),
    });
    expect(bridge.calls).toHaveLength(1);
  });

  it('contains the emitter, the command line, and the required parts of the core', () => {
    const dist = join(folder, 'node_modules', '@mayaops', 'request-logs', 'dist');
    expect(readdirSync(dist).sort()).toEqual(['cli', 'client', 'core', 'emitter', 'terminal']);
    const files = readdirSync(dist, { recursive: true }).map(String);
    expect(files).toEqual(
      expect.arrayContaining(['emitter/index.js', 'emitter/index.d.ts', 'core/contract/event.js']),
    );
    expect(
      files.filter((file) =>
        /emit-files|event-file|publish-files|result-line|core\/(search|recorder)\./.test(file),
      ),
    ).toEqual([]);
  });

  const compile = (files: Readonly<Record<string, string>>) => {
    for (const [name, body] of Object.entries(files))
      writeFileSync(join(consumer, name), `${imports}\n${body}`);
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', '--types', 'node'];
    const types = ['--typeRoots', join(root, 'node_modules', '@types')];
    return runNode([compiler, ...options, ...types, ...Object.keys(files)], consumer);
  };

  it('type-checks a service that uses it', async () => {
    const checked = await compile({
      'good.ts': `interface State { cpu: number; owner?: string }
       const state: State = { cpu: 512 };
       const sealed = seal({ detailType: 'Service Created', detail: ${detail('after: state')} });
       const emitter = createEmitter({ eventBusName: 'audit' });
       const results = await emitter.emit([
         sealed,
         { detailType: 'Service Updated', detail: ${detail('before: state, after: state, occurredAt: new Date()')} },
         { detailType: 'Service Deleted', detail: ${detail('before: state, environment: undefined')} },
       ], { signal: AbortSignal.timeout(1000) });
       for (const result of results) {
         if (result.status === 'published') console.log(result.entryId.length, result.envelopeId.length);
         else if (result.sealed && result.retryable) await emitter.send([result.sealed]);
         else console.error(result.code, result.issues?.map(({ path }) => path));
       }`,
    });
    expect(checked).toEqual({ exitCode: 0, output: '' });
  });

  it('does not compile an event that is invalid by its type', async () => {
    const wrong: Record<string, [detailType: string, states: string]> = {
      'create-without-after.ts': ['Service Created', ''],
      'create-with-before.ts': ['Service Created', 'before: {}, after: {}'],
      'update-without-before.ts': ['Service Updated', 'after: {}'],
      'update-without-after.ts': ['Service Updated', 'before: {}'],
      'delete-without-before.ts': ['Service Deleted', ''],
      'delete-with-after.ts': ['Service Deleted', 'before: {}, after: {}'],
      'resource-event-about-service.ts': ['Resource Created', 'after: {}'],
      'unknown-field.ts': ['Service Created', 'after: {}, color: "red"'],
      'unknown-detail-type.ts': ['Service Renamed', 'after: {}'],
    };
    const files = Object.entries(wrong).map(([name, [detailType, states]]) => [
      name,
      `seal({ detailType: '${detailType}', detail: ${detail(states)} });`,
    ]);
    const { output } = await compile(Object.fromEntries(files));
    const refused = [...output.matchAll(/^(\S+?)\(.*error TS2(?:322|345|353|741|820)/gm)].map(
      ([, name]) => name,
    );
    expect([...new Set(refused)].sort()).toEqual(Object.keys(wrong).sort());
  });
});
