// The stack, synthesized once for all files of a run: by the first that needs it, while others wait. Global setup of the
// suites that run it.
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
    /** Where the assembly of this run lies, or will. */
    readonly assemblyDir: string;
  }
}

const lookEveryMillis = 200;

export default function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'request-logs-assembly-'));
  project.provide('assemblyDir', folder);
  return () => rmSync(folder, { recursive: true, force: true });
}

/** The synthesized stack; nobody may change its files. Fails when it cannot be synthesized. */
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
      throw new Error('the stack cannot be synthesized: see the first file that failed');
    await sleep(lookEveryMillis);
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
