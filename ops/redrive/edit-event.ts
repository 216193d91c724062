// Opens a rejected event in the operator's editor until it is valid or the operator gives up. Keeps the file of an edit
// that cannot be sent.
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
  /** The edit is valid. Its file stays in `folder`, which the caller removes after sending the event. */
  | { readonly status: 'edited'; readonly event: JsonObject; readonly folder: string }
  | { readonly status: 'unchanged' }
  /** The edit is still invalid and is kept in `file`. */
  | { readonly status: 'kept'; readonly file: string };

/** Returns the command in VISUAL or else EDITOR. Fails with UsageError when both are unset. */
export function readEditor({ VISUAL, EDITOR }: NodeJS.ProcessEnv): string {
  const editor = VISUAL || EDITOR;
  if (editor) return editor;
  throw new UsageError('--edit requires an editor in VISUAL or EDITOR, such as EDITOR=vi');
}

/**
 * Opens the editor, and opens it again with the new problems on top while the event is invalid, until the file is saved
 * unchanged. Fails with CommandError when the editor fails, and keeps the file then too.
 */
export async function editEvent(rejected: RejectedEvent, editor: string): Promise<Edit> {
  const folder = await mkdtemp(join(tmpdir(), 'redrive-'));
  const file = join(folder, 'event.jsonc');
  let issues = rejected.issues;
  let shown = toJson(rejected);
  for (let isFirst = true; ; isFirst = false) {
    // Readable by the operator only: the event is redacted but still describes someone's configuration.
    await writeFile(file, withComments(shown, rejected, issues), { mode: 0o600 });
    await runEditor(editor, file);
    const saved = withoutComments(await readFile(file, 'utf8'));
    const edit = saved === '' || saved === shown ? undefined : parseEdited(saved, rejected);
    if (edit !== undefined && 'issues' in edit) {
      issues = edit.issues;
      shown = saved;
      continue;
    }
    if (edit === undefined && !isFirst && saved !== '') return { status: 'kept', file };
    if (edit !== undefined) return { status: 'edited', event: edit.event, folder };
    await rm(folder, { recursive: true, force: true });
    return { status: 'unchanged' };
  }
}

/**
 * Uses a shell because the editor can be a command with arguments. While it is open, only the editor handles Ctrl-C.
 */
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
      throw new CommandError(`the editor exited with ${code ?? 'a signal'}; the event is kept in ${file}`);
  } finally {
    process.off('SIGINT', ignore);
    for (const listener of listeners) process.on('SIGINT', listener);
  }
}
