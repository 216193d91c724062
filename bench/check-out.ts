// Writes the source code of another commit to a temporary folder, to compare it with the working tree in one run.
import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

/** The root of the repository. */
export const root = join(import.meta.dirname, '..');

/** Returns the folder with the core of a commit. It uses the packages that are installed now. */
export function checkOut(ref: string, folder: string): string {
  const target = join(folder, 'baseline');
  mkdirSync(target);
  const archive = spawnSync('git', ['archive', ref, 'core', 'test/fixtures', 'package.json'], {
    cwd: root,
    maxBuffer: 2 ** 28,
  });
  if (archive.status !== 0) throw new Error(`git archive ${ref} failed: ${archive.stderr}`);
  const unpacked = spawnSync('tar', ['x', '-C', target], { input: archive.stdout });
  if (unpacked.status !== 0) throw new Error(`tar failed: ${unpacked.stderr}`);
  symlinkSync(join(root, 'node_modules'), join(target, 'node_modules'));
  return target;
}
