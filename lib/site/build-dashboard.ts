// Builds the dashboard with Vite during synthesis. A build is cached in .cache/ under the digest of its inputs, so an
// unchanged dashboard does not slow synthesis down.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { type ISource, Source } from 'aws-cdk-lib/aws-s3-deployment';

const projectRoot = join(import.meta.dirname, '..', '..');
const cacheDir = join(projectRoot, '.cache', 'dashboard');

/** Inputs of the build: the dashboard, what it imports from this project, and the versions of its dependencies. */
const inputs = ['dashboard', 'client', 'core', 'package-lock.json'];

/** The built files as the source of a bucket deployment; the unbuilt files if the context disables bundling. */
export function dashboardFiles(): ISource {
  return Source.asset(join(projectRoot, 'dashboard'), {
    exclude: ['dist'],
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Never run: the local bundling below always succeeds or throws.
      image: DockerImage.fromRegistry('vite'),
      local: {
        tryBundle(outputDir) {
          cpSync(buildDashboard(), outputDir, { recursive: true });
          return true;
        },
      },
    },
  });
}

/** Returns the folder with the current build. Fails with Vite's message. */
function buildDashboard(): string {
  const built = join(cacheDir, digestInputs());
  if (existsSync(built)) return built;
  mkdirSync(cacheDir, { recursive: true });
  const outDir = mkdtempSync(join(cacheDir, 'building-'));
  const vite = join(projectRoot, 'node_modules', 'vite', 'bin', 'vite.js');
  const config = join(projectRoot, 'dashboard', 'vite.config.ts');
  const args = [
    'build',
    'dashboard',
    '--config',
    config,
    '--outDir',
    outDir,
    '--emptyOutDir',
    '--logLevel',
    'warn',
  ];
  const { status, error, stdout, stderr } = spawnSync(process.execPath, [vite, ...args], {
    cwd: projectRoot,
    encoding: 'utf8',
    // The files are the same in every environment, including tests.
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (status !== 0) {
    rmSync(outDir, { recursive: true, force: true });
    throw new Error(`the dashboard cannot be built: ${error?.message ?? `${stdout}${stderr}`}`);
  }
  keep(outDir, built);
  return built;
}

/** Moves the build to its final name, unless another synthesis was faster, and removes older builds. */
function keep(outDir: string, built: string): void {
  try {
    renameSync(outDir, built);
  } catch (error) {
    if (!existsSync(built)) throw error;
    rmSync(outDir, { recursive: true, force: true });
  }
  for (const name of readdirSync(cacheDir)) {
    const path = join(cacheDir, name);
    if (path !== built && !name.startsWith('building-')) rmSync(path, { recursive: true, force: true });
  }
}

function digestInputs(): string {
  const digest = createHash('sha256').update(process.version);
  for (const path of inputs.flatMap(listFiles)) {
    digest.update(`\0${path}\0`).update(readFileSync(join(projectRoot, path)));
  }
  return digest.digest('hex').slice(0, 32);
}

/** Paths of the files below, in a fixed order. */
function listFiles(path: string): string[] {
  if (path.includes('.')) return [path];
  return readdirSync(join(projectRoot, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(projectRoot.length + 1))
    .filter((file) => !file.startsWith(join('dashboard', 'dist')))
    .sort();
}
