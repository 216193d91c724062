// Builds the Request Logs page into dashboard/dist. The development server uses the API of `npm start`.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { fontFiles } from './font-files.ts';

const stack = `http://localhost:${process.env.PORT ?? 3000}`;

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), fontFiles()],
  resolve: {
    alias: [
      {
        // Cloudscape's messages are parsed when it is built, so the page needs no parser.
        find: /^@formatjs\/icu-messageformat-parser$/,
        replacement: '@formatjs/icu-messageformat-parser/no-parser',
      },
    ],
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // A data: URL would need a less strict Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // measure-bundle.ts enforces the budget.
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      output: {
        // What the first load needs is one file. Without this, modules that parts loaded later also use are 70 small
        // files, which compress worse.
        codeSplitting: { groups: [{ name: 'initial', tags: ['$initial'] }] },
      },
    },
  },
  server: {
    port: Number(process.env.DASHBOARD_PORT ?? 5173),
    proxy: Object.fromEntries(
      ['/request-logs', '/openapi.json', '/_local', '/config.json'].map((path) => [path, stack]),
    ),
  },
});
