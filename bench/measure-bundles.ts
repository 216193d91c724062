// Measures the size of each function's bundle, including modules loaded on demand, and its load time as a ratio to a
// function that only creates a DynamoDB client.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { bundleOptions } from '../lib/bundling/build-function.ts';
import { quantile } from './statistics.ts';

const root = join(import.meta.dirname, '..');
const runs = 15;

export interface BundleFigures {
  readonly bytes: number;
  /** The median ratio of the load time to that of the bare function with the unmodified SDK, measured in pairs. */
  readonly loadRatio: number;
  /** The same ratio to a bare function whose SDK is trimmed like ours. */
  readonly trimmedLoadRatio: number;
}

/** Synthesizes the stack and measures each of its functions. */
export async function measureBundles(): Promise<Record<string, BundleFigures>> {
  const outDir = mkdtempSync(join(tmpdir(), 'request-logs-bundles-'));
  const env = { ...process.env, CDK_OUTDIR: outDir };
  const synth = spawnSync(process.execPath, ['bin/request-logs.ts'], { cwd: root, env, encoding: 'utf8' });
  if (synth.status !== 0) throw new Error(synth.stderr);
  const [bare, trimmed] = [await buildBare(outDir, 'bare'), await buildBare(outDir, 'trimmed')];
  const figures: Record<string, BundleFigures> = {};
  for (const { name, file, environment } of findFunctions(outDir)) {
    // The first load reads from disk, so it does not count.
    measureLoadMillis(file, environment);
    const times = Array.from({ length: runs }, () =>
      [file, bare, trimmed].map((one) => measureLoadMillis(one, environment)),
    );
    const ratioTo = (baseline: number) =>
      quantile(
        times.map((millis) => (millis[0] ?? 0) / (millis[baseline] ?? 0)),
        0.5,
      );
    figures[name] = {
      bytes: folderBytes(dirname(file)),
      loadRatio: ratioTo(1),
      trimmedLoadRatio: ratioTo(2),
    };
  }
  rmSync(outDir, { recursive: true, force: true });
  return figures;
}

function folderBytes(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}

/** Builds a function that only creates a DynamoDB client, with the unmodified SDK or one trimmed like ours. */
async function buildBare(outDir: string, name: 'bare' | 'trimmed'): Promise<string> {
  await build({
    stdin: {
      contents: `import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
const client = new DynamoDBClient({});
export const handler = async () => client.config.region();`,
      resolveDir: root,
    },
    ...(name === 'trimmed' ? bundleOptions : unmodifiedOptions),
    outdir: join(outDir, name),
  });
  return join(outDir, name, 'stdin.mjs');
}

const unmodifiedOptions = {
  ...bundleOptions,
  alias: {},
  external: [],
  plugins: [],
  splitting: false,
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
};

interface Found {
  readonly name: string;
  readonly file: string;
  readonly environment: Record<string, string>;
}

interface Resource {
  readonly Type: string;
  readonly Metadata?: { readonly 'aws:asset:path'?: string };
  readonly Properties: { readonly Environment?: { readonly Variables: Record<string, unknown> } };
}

function findFunctions(outDir: string): Found[] {
  const template = JSON.parse(readFileSync(join(outDir, 'RequestLogs-dev.template.json'), 'utf8')) as {
    Resources: Record<string, Resource>;
  };
  return (
    Object.values(template.Resources)
      .filter(({ Type }) => Type === 'AWS::Lambda::Function')
      // The function of the CDK that uploads the dashboard does not have this variable.
      .filter(({ Properties }) => Properties.Environment?.Variables.POWERTOOLS_SERVICE_NAME !== undefined)
      .map(({ Metadata, Properties }) => {
        const variables = Properties.Environment?.Variables ?? {};
        const environment = Object.fromEntries(
          Object.entries(variables).map(([name, value]) => [name, resolve(value)]),
        );
        const name = String(variables.POWERTOOLS_SERVICE_NAME);
        return { name, file: join(outDir, Metadata?.['aws:asset:path'] ?? '', 'index.mjs'), environment };
      })
  );
}

/** Replaces references, which are resolved during deployment. To load a bundle, any value in their place is enough. */
function resolve(value: unknown): string {
  if (typeof value === 'string') return value;
  const { Ref: name, 'Fn::Join': join } = value as { Ref?: string; 'Fn::Join'?: [string, unknown[]] };
  if (join !== undefined) return join[1].map(resolve).join(join[0]);
  return name === 'AWS::AccountId' ? '123456789012' : 'unresolved';
}

/** Returns the milliseconds that a new process takes to import the bundle. */
function measureLoadMillis(file: string, environment: Record<string, string>): number {
  const script = join(tmpdir(), `request-logs-load-${process.pid}.mjs`);
  writeFileSync(
    script,
    'const start = performance.now(); await import(process.argv[2]); console.log(performance.now() - start);',
  );
  const { stdout, stderr, status } = spawnSync(process.execPath, [script, file], {
    env: { PATH: process.env.PATH, AWS_REGION: 'eu-west-1', ...environment },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return Number(stdout.trim().split('\n').at(-1));
}
