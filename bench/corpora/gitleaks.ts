// The samples of gitleaks: its rules are programs that check themselves against samples, so they are run in a temporary
// copy of the module that prints the samples instead.
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { copyFileSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { parseSamples, type Sample } from './sample.ts';

const gitleaksModule = 'github.com/zricethezav/gitleaks/v8';
const gitleaksVersion = 'v8.30.1';

/** The corpus cannot be read on this machine; the message says what is missing. */
export class CorpusUnavailableError extends Error {
  override readonly name = 'CorpusUnavailableError';
}

const downloadSchema = z.object({ Dir: z.string() });

/** Downloads the module through the Go proxy and returns its samples. Writes below `folder` and Go's own cache only. */
export function readGitleaksSamples(folder: string): Sample[] {
  const name = `${gitleaksModule}@${gitleaksVersion}`;
  const download = runGo(['mod', 'download', '-json', name], folder);
  const { Dir: source } = downloadSchema.parse(JSON.parse(download.stdout));
  const copy = join(folder, 'gitleaks');
  cpSync(source, copy, { recursive: true, mode: 0 });
  const generator = join(copy, 'cmd', 'generate');
  // Files of the module cache cannot be written.
  spawnSync('chmod', ['-R', 'u+w', copy]);
  const replaced = {
    'gitleaks-validate.go': 'config/utils/validate.go',
    'gitleaks-secrets.go': 'secrets/regen.go',
  };
  for (const [ours, theirs] of Object.entries(replaced)) {
    copyFileSync(join(import.meta.dirname, ours), join(generator, theirs));
  }
  return parseSamples(runGo(['run', '.', join(folder, 'rules.toml')], join(generator, 'config')).stdout);
}

function runGo(args: readonly string[], cwd: string): SpawnSyncReturns<string> {
  const result = spawnSync('go', args, { cwd, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (result.error) throw new CorpusUnavailableError(`Go cannot be run (${result.error.message})`);
  if (result.status !== 0) {
    throw new CorpusUnavailableError(`"go ${args.join(' ')}" failed: ${result.stderr.slice(-2000)}`);
  }
  return result;
}
