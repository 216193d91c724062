// The packages whose code a deployment contains, from what esbuild and Vite really bundled. package.json cannot say it:
// everything that is bundled is a development dependency there.
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build } from 'vite';
import { buildFunction } from '../bundling/build-function.ts';
import { type InstalledPackage, packageOfFile, readPackage } from './package-of-file.ts';

const projectRoot = join(import.meta.dirname, '..', '..');

export interface BundledPackage extends InstalledPackage {
  /** Parts of the deployment that contain it, such as `functions/record` or `dashboard`. */
  readonly parts: readonly string[];
}

/** Packages that the CDK deploys beside our bundles: the function that copies the page's files, and its layer. */
const deployedByCdk = ['aws-cdk-lib', '@aws-cdk/asset-awscli-v1'];

/** Every package of the deployment, by name and version. Builds all functions and the page in memory; takes seconds. */
export async function bundledPackages(): Promise<BundledPackage[]> {
  const found = new Map<string, { readonly one: InstalledPackage; readonly parts: Set<string> }>();
  const note = (one: InstalledPackage | undefined, part: string) => {
    if (one === undefined) return;
    const known = found.get(one.path) ?? { one, parts: new Set<string>() };
    found.set(one.path, known);
    known.parts.add(part);
  };
  for (const entry of functionEntries()) {
    for (const file of await filesOfFunction(entry))
      note(packageOfFile(file, projectRoot), `functions/${entry}`);
  }
  for (const file of await filesOfDashboard()) note(packageOfFile(file, projectRoot), 'dashboard');
  for (const name of deployedByCdk)
    note(readPackage(`node_modules/${name}`, projectRoot), 'dashboard deployment');
  return [...found.values()]
    .map(({ one, parts }) => ({ ...one, parts: [...parts].sort() }))
    .sort((left, right) => (left.path < right.path ? -1 : 1));
}

function functionEntries(): string[] {
  return readdirSync(join(projectRoot, 'functions'), { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map(({ name }) => name.slice(0, -'.ts'.length))
    .sort();
}

/** Files that are in the output, after dead code was removed. */
async function filesOfFunction(entry: string): Promise<string[]> {
  const { outputs } = await buildFunction(entry);
  return Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([file]) => file),
  );
}

async function filesOfDashboard(): Promise<string[]> {
  const files = new Set<string>();
  await build({
    configFile: join(projectRoot, 'dashboard', 'vite.config.ts'),
    logLevel: 'silent',
    mode: 'production',
    build: { write: false },
    plugins: [
      {
        name: 'list-bundled-files',
        generateBundle(_options, bundle) {
          for (const output of Object.values(bundle)) {
            if (output.type === 'chunk') for (const id of Object.keys(output.modules)) files.add(id);
          }
        },
      },
    ],
  });
  return [...files]
    .map((id) => id.replace(/^\0/, '').split('?')[0] ?? '')
    .filter((id) => id.startsWith(projectRoot))
    .map((id) => relative(projectRoot, id));
}
