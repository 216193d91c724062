// Runs a command of this repository as a process of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

export interface ProcessResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningProcess {
  readonly process: ChildProcess;
  readonly result: Promise<ProcessResult>;
  /** What standard output and standard error hold so far. */
  seen(): string;
}

/** Starts the script, a path below the repository's root, with only `PATH` and the given environment. */
export function startProcess(
  script: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): RunningProcess {
  const child = spawn(process.execPath, [join(import.meta.dirname, '..', '..', script), ...args], {
    env: { PATH: process.env.PATH, ...environment },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const result = new Promise<ProcessResult>((resolve) =>
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr })),
  );
  return { process: child, result, seen: () => stdout + stderr };
}
