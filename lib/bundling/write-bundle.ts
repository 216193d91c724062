// Run as a process of its own by function-code.ts, because the CDK bundles synchronously and esbuild's plugins do not:
//
//   node lib/bundling/write-bundle.ts <entry> <folder>
import { buildFunction } from './build-function.ts';

const [entry, folder] = process.argv.slice(2);
if (entry === undefined || folder === undefined) throw new Error('usage: write-bundle.ts <entry> <folder>');
await buildFunction(entry, folder);
