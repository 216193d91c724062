import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    globalSetup: ['test/browser/global-setup.ts'],
    // A function that starts cold on a busy machine can miss its ten seconds once, which the page shows as an error.
    retry: 1,
    testTimeout: 180_000,
    hookTimeout: 240_000,
    fileParallelism: false,
    // Every wait is for a condition; this is how long a loaded machine may take to meet it.
    expect: { poll: { timeout: 60_000, interval: 50 } },
  },
});
