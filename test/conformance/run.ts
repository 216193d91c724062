// `npm run test:conformance`: installs cfn-lint (Python) into .cache/, then runs the store contract and the end-to-end suite on
// dynoxide, and cfn-lint over the synthesized templates.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findDynoxide } from '../support/dynoxide.ts';

const root = join(import.meta.dirname, '..', '..');
const lintEnvironment = join(root, '.cache', 'cfn-lint');

/** Runs a command to completion and shows its output. Ends this process when the command fails. */
function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): void {
  const { status, error } = spawnSync(command, args, { cwd: root, env, stdio: 'inherit' });
  if (error) console.error(`cannot run ${command}: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

findDynoxide();
if (!existsSync(join(lintEnvironment, 'bin', 'cfn-lint'))) {
  run('python3', ['-m', 'venv', lintEnvironment]);
  run(join(lintEnvironment, 'bin', 'pip'), [
    'install',
    '--quiet',
    '--disable-pip-version-check',
    'cfn-lint==1.58.0',
  ]);
}
run('npx', ['vitest', 'run', '--config', 'vitest.conformance.config.ts', ...process.argv.slice(2)], {
  ...process.env,
  CFN_LINT: join(lintEnvironment, 'bin', 'cfn-lint'),
});
