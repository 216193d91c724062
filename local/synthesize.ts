// Runs the CDK app for the local stage, as `cdk deploy` would, into a folder of its own.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Assembly, readAssembly } from './cloudformation/assembly.ts';
import { LocalStackError } from './shared/errors.ts';

const projectRoot = join(import.meta.dirname, '..');

export interface SynthesizeOptions {
  /** Where template and bundles are written; emptied first. */
  readonly outDir: string;
  /** The issuer that the API shall trust. @default the configuration's own */
  readonly issuer?: string | undefined;
  /** @default config/local.json */
  readonly configPath?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Fails with a LocalStackError that carries what the app printed. Needs no network and no credentials. */
export async function synthesize(options: SynthesizeOptions): Promise<Assembly> {
  const outDir = resolve(options.outDir);
  rmSync(outDir, { recursive: true, force: true });
  mkdirSync(outDir, { recursive: true });
  const configPath = resolve(projectRoot, options.configPath ?? 'config/local.json');
  const config = JSON.parse(readFileSync(configPath, 'utf8'));
  if (options.issuer !== undefined) config.identity = { ...config.identity, issuer: options.issuer };
  const output = await runApp(
    { ...process.env, CDK_OUTDIR: outDir, CDK_CONTEXT_JSON: JSON.stringify({ config }) },
    options.signal,
  );
  try {
    return readAssembly(outDir);
  } catch (cause) {
    throw new LocalStackError(`nothing was synthesized: ${output || String(cause)}`, { cause });
  }
}

/** What the app printed on standard error. */
function runApp(env: NodeJS.ProcessEnv, signal: AbortSignal | undefined): Promise<string> {
  const child = spawn(process.execPath, [join(projectRoot, 'bin', 'request-logs.ts')], {
    cwd: projectRoot,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(signal && { signal }),
  });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  return new Promise((resolveRun, reject) => {
    child.once('error', (cause) =>
      reject(new LocalStackError(`cannot synthesize: ${cause.message}`, { cause })),
    );
    child.once('exit', (code) => {
      if (code === 0) resolveRun(complaint.trim());
      else
        reject(new LocalStackError(`the CDK app failed, so there is nothing to run:\n${complaint.trim()}`));
    });
  });
}
