import { defineConfig } from 'vitest/config';

/** Redaction has many slow tests that run little of the other rooms' code. */
const tests =
  process.env.MUTATION_TESTS === 'redaction'
    ? { include: ['test/core/redaction/**/*.test.ts'], exclude: ['**/*.deep.test.ts'] }
    : { include: ['test/core/**/*.test.ts'], exclude: ['**/*.deep.test.ts', 'test/core/redaction/**'] };

/** The fast tests of core/: what `npm run test:mutation` runs against each change. */
export default defineConfig({ test: { ...tests, testTimeout: 120_000 } });
