// The export loop in docs/querying.md: what it does when a page fails.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const page = readFileSync(new URL('../../docs/querying.md', import.meta.url), 'utf8');
const loop = /```sh\n(export_entries[\s\S]+?)```/.exec(page)?.[1] ?? '';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'export-loop-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the loop with a `curl` that returns three pages, or fails in the middle of one. */
function run(failingPage?: number) {
  const curl = join(folder, 'curl');
  writeFileSync(
    curl,
    `#!/bin/sh
case "$*" in *cursor=2*) page=3 next= ;; *cursor=1*) page=2 next=2 ;; *) page=1 next=1 ;; esac
if [ $page = '${failingPage}' ]; then printf 'half of page'; exit 18; fi
printf 'HTTP/1.1 200 OK\\r\\n' > headers
[ "$next" ] && printf 'x-next-cursor: %s\\r\\n' "$next" >> headers
printf 'page %s\\n' $page
`,
  );
  chmodSync(curl, 0o755);
  const { status } = spawnSync('sh', ['-c', `token() { echo t; }\n${loop}`], {
    cwd: folder,
    env: { ...process.env, PATH: `${folder}:${process.env.PATH}` },
  });
  return status;
}

const file = () => join(folder, 'entries.csv');

describe('the export loop', () => {
  it('joins every page', () => {
    expect(run()).toBe(0);
    expect(readFileSync(file(), 'utf8')).toBe('page 1\npage 2\npage 3\n');
  });

  it.each([1, 2, 3])('fails and writes no file when page %i fails', (failingPage) => {
    expect(run(failingPage)).not.toBe(0);
    expect(existsSync(file())).toBe(false);
  });
});
