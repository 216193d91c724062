// Finds the installed package that a bundled file comes from.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';

const packageSchema = z.object({
  name: z.string(),
  version: z.string(),
  license: z.optional(z.union([z.string(), z.object({ type: z.string() })])),
});

/** An installed package. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX expression, as the package states it; `undefined` when it states none. */
  readonly license: string | undefined;
  readonly folder: string;
  /** Path below the project, such as `node_modules/react`: the package's key in package-lock.json. */
  readonly path: string;
}

const packagePath = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/.@][^/]*(?=\/)/;

/** The package of a file, by the file's path below `root`; `undefined` for a file of this project. */
export function packageOfFile(file: string, root: string): InstalledPackage | undefined {
  const path = packagePath.exec(file)?.[0];
  return path === undefined ? undefined : readPackage(path, root);
}

/** The package installed at `path`. Fails when there is none. */
export function readPackage(path: string, root: string): InstalledPackage {
  const folder = join(root, path);
  const manifest = join(folder, 'package.json');
  if (!existsSync(manifest)) throw new Error(`there is no package in ${path}`);
  const { name, version, license } = packageSchema.parse(JSON.parse(readFileSync(manifest, 'utf8')));
  return { name, version, license: typeof license === 'object' ? license.type : license, folder, path };
}
