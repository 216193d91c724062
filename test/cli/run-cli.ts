// The command line as a process of its own.
import { type ChildProcess, spawn } from 'node:child_process';

const entry = new URL('../../cli/request-logs.ts', import.meta.url).pathname;

export interface CliResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCli {
  readonly process: ChildProcess;
  readonly result: Promise<CliResult>;
  /** What standard output and standard error hold so far. */
  seen(): string;
}

export function startCli(args: readonly string[], environment: Record<string, string> = {}): RunningCli {
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
  const result = new Promise<CliResult>((resolve) =>
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr })),
  );
  return { process: child, result, seen: () => stdout + stderr };
}

export function runCli(args: readonly string[], environment?: Record<string, string>): Promise<CliResult> {
  return startCli(args, environment).result;
}
