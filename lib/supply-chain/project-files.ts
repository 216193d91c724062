// Reads package.json and package-lock.json of this project.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';

const projectRoot = join(import.meta.dirname, '..', '..');

const productSchema = z.object({ name: z.string(), version: z.string() });

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({ integrity: z.optional(z.string()), dev: z.optional(z.boolean()) }),
  ),
});

export type Product = z.infer<typeof productSchema>;
export type PackageLock = z.infer<typeof lockSchema>;

export function readProduct(): Product {
  return productSchema.parse(readJson('package.json'));
}

export function readPackageLock(): PackageLock {
  return lockSchema.parse(readJson('package-lock.json'));
}

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(join(projectRoot, name), 'utf8'));
}
