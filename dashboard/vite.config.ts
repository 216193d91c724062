// Builds the Request Logs page into dashboard/dist, and serves it while it is worked on, with the API of `npm start`.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { fontFiles } from './font-files.ts';

const stack = `http://localhost:${process.env.PORT ?? 3000}`;

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), fontFiles()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // A data: URL would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // measure-bundle.ts has the budget that counts.
    chunkSizeWarningLimit: 1500,
  },
  server: {
    port: Number(process.env.DASHBOARD_PORT ?? 5173),
    proxy: Object.fromEntries(
      ['/request-logs', '/openapi.json', '/_local', '/config.json'].map((path) => [path, stack]),
    ),
  },
});
