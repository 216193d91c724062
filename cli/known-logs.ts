// Keeps the key and the latest checkpoint of each log that was verified, so that a later run notices another key or a
// rewritten history. The file contains no secret.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import * as z from 'zod/mini';
import { escapeForTerminal } from '../core/values/terminal-text.ts';
import { CommandError } from '../terminal/command-error.ts';

const knownSchema = z.object({
  /** The verifier key. */
  key: z.string(),
  /** The signed checkpoint. Absent while the log is empty. */
  checkpoint: z.optional(z.string()),
});
const fileSchema = z.record(z.string(), knownSchema);

export type KnownLog = z.infer<typeof knownSchema>;

/** Returns the path of the file unless one is given. */
export function defaultStateFile(environment: NodeJS.ProcessEnv): string {
  return join(environment.XDG_CONFIG_HOME || join(homedir(), '.config'), 'request-logs', 'logs.json');
}

/** Keys and checkpoints by the API's origin and the log's name. */
export class KnownLogs {
  readonly #file: string;
  readonly #logs: Record<string, KnownLog>;

  /** Fails with CommandError if the file exists and is malformed: a lost pin must not go unnoticed. */
  constructor(file: string) {
    this.#file = file;
    this.#logs = readLogs(file);
  }

  get(name: string): KnownLog | undefined {
    return Object.hasOwn(this.#logs, name) ? this.#logs[name] : undefined;
  }

  /** Returns what is known of the log of this name, whatever API it came from. Fails with CommandError if APIs differ. */
  findByLog(logName: string): KnownLog | undefined {
    const found = Object.entries(this.#logs).filter(([name]) => name.endsWith(` ${logName}`));
    if (new Set(found.map(([, { key }]) => key)).size > 1) {
      throw new CommandError(`several keys are pinned for ${escapeForTerminal(logName)}; use --key`);
    }
    return found.map(([, log]) => log).at(-1);
  }

  /** Replaces the file in one step. Only the owner can read it. */
  set(name: string, log: KnownLog): void {
    this.#logs[name] = log;
    mkdirSync(dirname(this.#file), { recursive: true });
    const partial = `${this.#file}.part`;
    writeFileSync(partial, `${JSON.stringify(this.#logs, null, 2)}\n`, { mode: 0o600 });
    renameSync(partial, this.#file);
  }
}

function readLogs(file: string): Record<string, KnownLog> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw error;
  }
  try {
    return fileSchema.parse(JSON.parse(text));
  } catch {
    throw new CommandError(
      `${escapeForTerminal(file)} is malformed; correct it, or use another file with --state`,
    );
  }
}
