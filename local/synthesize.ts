// Synthesizes the stack for the local stage by running the CDK app, as `cdk deploy` does.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Assembly, readAssembly } from './cloudformation/assembly.ts';
import { LocalStackError } from './shared/errors.ts';

const projectRoot = join(import.meta.dirname, '..');

export interface SynthesizeOptions {
  /** Output folder of the template and the bundles. Its content is deleted first. */
  readonly outDir: string;
  /** The issuer that the API trusts. @default the issuer of the configuration */
  readonly issuer?: string | undefined;
  /** @default config/local.json */
  readonly configPath?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Requires no network and no credentials. Fails with LocalStackError that contains the output of the app. */
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
    throw new LocalStackError(`the CDK app wrote no stack: ${output || String(cause)}`, { cause });
  }
}

/** Resolves to what the app printed on standard error. */
function runApp(env: NodeJS.ProcessEnv, signal: AbortSignal | undefined): Promise<string> {
  const child = spawn(process.execPath, [join(projectRoot, 'bin', 'request-logs.ts')], {
    cwd: projectRoot,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(signal && { signal }),
  });
  let errorOutput = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errorOutput += chunk.toString();
  });
  return new Promise((resolveRun, reject) => {
    child.once('error', (cause) =>
      reject(new LocalStackError(`cannot synthesize: ${cause.message}`, { cause })),
    );
    child.once('exit', (code) => {
      if (code === 0) resolveRun(errorOutput.trim());
      else reject(new LocalStackError(`the CDK app failed:\n${errorOutput.trim()}`));
    });
  });
}
