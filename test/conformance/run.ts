// `npm run test:conformance`: installs cfn-lint (Python), and two verifiers and a witness of transparency logs (Go) into
// .cache/, then runs the store contract and the end-to-end suite on dynoxide, cfn-lint over the synthesized templates, and
// the verifiers and the witness over sealed logs. Without Go, it says so and leaves them out.
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
const witnessVersion = 'v0.0.0-20260720115447-2e1c6971d19e';
const goTools = join(root, '.cache', 'go');
const hasGo = spawnSync('go', ['version']).status === 0;
if (!hasGo)
  console.error(
    'Go is missing: the sealed log is not tried with fsck, torchwood, and omniwitness. Install Go 1.25 or later.',
  );
else if (!['verify-proofs', 'spicy', 'omniwitness'].every((tool) => existsSync(join(goTools, tool)))) {
  run('go', ['install', 'github.com/transparency-dev/tessera/cmd/fsck@v1.0.4'], {
    ...process.env,
    GOBIN: goTools,
  });
  const source = join(root, 'test', 'conformance', 'verify-proofs');
  run('go', ['install', 'filippo.io/torchwood/cmd/spicy@v0.9.0'], { ...process.env, GOBIN: goTools });
  run('go', ['install', `github.com/transparency-dev/witness/cmd/omniwitness@${witnessVersion}`], {
    ...process.env,
    GOBIN: goTools,
  });
  run('go', ['-C', source, 'build', '-o', join(goTools, 'verify-proofs'), '.']);
}
run('npx', ['vitest', 'run', '--config', 'vitest.conformance.config.ts', ...process.argv.slice(2)], {
  ...process.env,
  CFN_LINT: join(lintEnvironment, 'bin', 'cfn-lint'),
  ...(hasGo && {
    FSCK: join(goTools, 'fsck'),
    VERIFY_PROOFS: join(goTools, 'verify-proofs'),
    SPICY: join(goTools, 'spicy'),
    OMNIWITNESS: join(goTools, 'omniwitness'),
  }),
});
