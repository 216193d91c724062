// `npm run test:attacks -- [--requests N] [--seed N]`: the long form of the attack suites. Passes all other
// arguments to vitest.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  options: { requests: { type: 'string', default: '10000' }, seed: { type: 'string', default: '20261125' } },
  allowPositionals: true,
});
for (const [name, value] of Object.entries(values)) {
  if (!/^[1-9]\d{0,8}$/.test(value)) {
    console.error(`--${name} must be an integer from 1 to 999999999, not ${value}`);
    process.exit(2);
  }
}
const files = positionals.length > 0 ? positionals : ['test/attacks'];
const { status, error } = spawnSync('npx', ['vitest', 'run', ...files], {
  cwd: join(import.meta.dirname, '..', '..'),
  env: { ...process.env, ATTACKS_REQUESTS: values.requests, ATTACKS_SEED: values.seed },
  stdio: 'inherit',
});
if (error) console.error(`cannot run npx: ${error.message}`);
process.exit(status ?? 1);
