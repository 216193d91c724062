import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Pure code and templates: nothing of one file can reach another, so that what they import is loaded once. */
const shared = ['test/core/**/*.test.ts', 'test/dashboard/**/*.test.ts', 'test/lib/**/*.test.ts'];

/** What takes long and rarely fails: `npm run test:deep`. */
const deep = ['test/**/*.deep.test.ts'];

export default defineConfig({
  test: {
    globalSetup: ['test/support/shared-assembly.ts'],
    // Much of a suite's time is waiting for processes: a machine of two cores runs two files as well.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 120_000,
    hookTimeout: 300_000,
    projects: [
      { extends: true, test: { name: 'shared', include: shared, exclude: deep, isolate: false } },
      {
        extends: true,
        test: {
          name: 'isolated',
          include: ['test/**/*.test.ts'],
          exclude: [...shared, ...deep, 'test/conformance/**', 'test/browser/**'],
        },
      },
      { extends: true, test: { name: 'deep', include: deep } },
    ],
  },
});
