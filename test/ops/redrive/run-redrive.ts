// The redrive command as a process of its own.
import { type ProcessResult, type RunningProcess, startProcess } from '../../support/run-process.ts';

export function startRedrive(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): RunningProcess {
  return startProcess('ops/redrive/redrive.ts', args, environment);
}

export function runRedrive(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<ProcessResult> {
  return startRedrive(args, environment).result;
}
