// Hands a rejected event to the operator's editor until it keeps the contract, or the operator gives up. What was
// typed and cannot be sent stays in its file.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '../../core/values/json.ts';
import { CommandError } from '../../terminal/command-error.ts';
import { UsageError } from '../../terminal/usage-error.ts';
import type { RejectedEvent } from './classification.ts';
import { parseEdited, toJson, withComments, withoutComments } from './event-text.ts';

export type Edit =
  /** What was typed stays in `folder` until whoever sends the event removes it. */
  | { readonly status: 'mended'; readonly event: JsonObject; readonly folder: string }
  | { readonly status: 'unchanged' }
  /** Not sent: it still breaks the contract, and what was typed is in `file`. */
  | { readonly status: 'kept'; readonly file: string };

/** The command of VISUAL or EDITOR, as other programs read them. Fails with UsageError. */
export function readEditor({ VISUAL, EDITOR }: NodeJS.ProcessEnv): string {
  const editor = VISUAL || EDITOR;
  if (editor) return editor;
  throw new UsageError('--edit needs the editor in VISUAL or EDITOR, such as EDITOR=vi');
}

/**
 * Opens the editor, again with the new problems on top as long as there are any; a file that is then saved without a
 * change is kept. Fails with CommandError when the editor fails, with the file kept too.
 */
export async function editEvent(rejected: RejectedEvent, editor: string): Promise<Edit> {
  const folder = await mkdtemp(join(tmpdir(), 'redrive-'));
  const file = join(folder, 'event.jsonc');
  let issues = rejected.issues;
  let shown = toJson(rejected);
  for (let isFirst = true; ; isFirst = false) {
    // Readable by nobody else: it is redacted, and still somebody's configuration.
    await writeFile(file, withComments(shown, rejected, issues), { mode: 0o600 });
    await runEditor(editor, file);
    const saved = withoutComments(await readFile(file, 'utf8'));
    const mended = saved === '' || saved === shown ? undefined : parseEdited(saved, rejected);
    if (mended !== undefined && 'issues' in mended) {
      issues = mended.issues;
      shown = saved;
      continue;
    }
    if (mended === undefined && !isFirst && saved !== '') return { status: 'kept', file };
    if (mended !== undefined) return { status: 'mended', event: mended.event, folder };
    await rm(folder, { recursive: true, force: true });
    return { status: 'unchanged' };
  }
}

/** Through a shell, since an editor may be a command with arguments. Ctrl-C is the editor's while it is open. */
async function runEditor(editor: string, file: string): Promise<void> {
  const listeners = process.listeners('SIGINT');
  const ignore = () => {};
  process.removeAllListeners('SIGINT').on('SIGINT', ignore);
  try {
    const child = spawn('sh', ['-c', `${editor} "$1"`, 'sh', file], { stdio: 'inherit' });
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject).once('exit', resolve);
    });
    if (code !== 0)
      throw new CommandError(`the editor ended with ${code ?? 'a signal'}; the file is ${file}`);
  } finally {
    process.off('SIGINT', ignore);
    for (const listener of listeners) process.on('SIGINT', listener);
  }
}
