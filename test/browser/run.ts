// `npm run test:e2e`: tests the Request Logs page in a real browser, against `npm start`. Passes arguments to Vitest.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { requireChromium } from './chromium.ts';

try {
  requireChromium();
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}
const { status } = spawnSync(
  process.execPath,
  [
    join('node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--config',
    'vitest.browser.config.ts',
    ...process.argv.slice(2),
  ],
  { cwd: join(import.meta.dirname, '..', '..'), stdio: 'inherit' },
);
process.exit(status ?? 1);
