import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/conformance/**', 'test/browser/**'],
    globalSetup: ['test/support/shared-assembly.ts'],
    // Much of a suite's time is waiting for processes: a machine of two cores runs two files as well.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
