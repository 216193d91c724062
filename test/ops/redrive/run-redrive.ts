// Runs the redrive command in a child process.
import { type ChildProcess, spawn } from 'node:child_process';

const entry = new URL('../../../ops/redrive/redrive.ts', import.meta.url).pathname;

export interface RedriveResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function startRedrive(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): { readonly process: ChildProcess; readonly result: Promise<RedriveResult> } {
  const child = spawn(process.execPath, [entry, ...args], {
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
  const result = new Promise<RedriveResult>((resolve) =>
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr })),
  );
  return { process: child, result };
}

export function runRedrive(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<RedriveResult> {
  return startRedrive(args, environment).result;
}
