// The command line as a process of its own.
import { type ProcessResult, type RunningProcess, startProcess } from '../support/run-process.ts';

export type CliResult = ProcessResult;

export type RunningCli = RunningProcess;

export function startCli(args: readonly string[], environment?: Record<string, string>): RunningCli {
  return startProcess('cli/request-logs.ts', args, environment);
}

export function runCli(args: readonly string[], environment?: Record<string, string>): Promise<CliResult> {
  return startCli(args, environment).result;
}
