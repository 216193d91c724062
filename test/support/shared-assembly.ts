// Synthesizes the stack once for all test files of a run: the first file that needs it synthesizes, and the others
// wait. Global setup of the suites that use it.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import { type Assembly, readAssembly } from '../../local/cloudformation/assembly.ts';
import { synthesize } from '../../local/synthesize.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of this run's assembly. */
    readonly assemblyDir: string;
  }
}

const pollMillis = 200;

export default function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'request-logs-assembly-'));
  project.provide('assemblyDir', folder);
  return () => rmSync(folder, { recursive: true, force: true });
}

/** The synthesized stack. Its files must not be changed. Fails when the synthesis fails. */
export async function sharedAssembly(): Promise<Assembly> {
  const folder = inject('assemblyDir');
  const [outDir, done, failed] = ['cdk.out', 'done', 'failed'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  if (isFirst(folder)) {
    try {
      const assembly = await synthesize({ outDir });
      writeFileSync(done, '');
      return assembly;
    } catch (error) {
      writeFileSync(failed, '');
      throw error;
    }
  }
  while (!existsSync(done)) {
    if (existsSync(failed))
      throw new Error('the stack cannot be synthesized: see the first test file that failed');
    await sleep(pollMillis);
  }
  return readAssembly(outDir);
}

function isFirst(folder: string): boolean {
  try {
    mkdirSync(join(folder, 'taken'));
    return true;
  } catch {
    return false;
  }
}
