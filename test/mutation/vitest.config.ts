import { defineConfig } from 'vitest/config';

const room = process.env.MUTATION_TESTS;

/** The tests of one room, or of all rooms but redaction. */
const tests =
  room === 'others'
    ? { include: ['test/core/**/*.test.ts'], exclude: ['**/*.deep.test.ts', 'test/core/redaction/**'] }
    : { include: [`test/core/${room}/**/*.test.ts`], exclude: ['**/*.deep.test.ts'] };

/** The fast tests of core/: what `npm run test:mutation` runs against each change. */
export default defineConfig({ test: { ...tests, testTimeout: 120_000 } });
