import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/conformance/**', 'test/browser/**'],
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
