// The position in the sealed log from which an export continues, and which it saves when its file is complete.
import type { ExportPage } from '../client/client.ts';
import { CommandError } from '../terminal/command-error.ts';
import type { ExportCommand } from './commands.ts';
import { readPosition, type SavedPosition, savePosition } from './cursor-file.ts';
import { toFixedQuery, toQuery } from './search-query.ts';

/** The start and the end of an export with --since-cursor. Without it, nothing is read or saved. */
export class SincePosition {
  readonly query: SavedPosition['query'];
  /** Where the export starts. `undefined` at the start of the log, and without --since-cursor. */
  readonly cursor: string | undefined;
  readonly #file: string | undefined;
  readonly #key: string;
  #end: string | undefined;

  /** Reads the position. Fails with CommandError if its file belongs to another search. */
  static async open(command: ExportCommand, source: string): Promise<SincePosition> {
    const key = JSON.stringify([source, 'export', command.exportKey]);
    const { cursorFile } = command;
    const saved = cursorFile === undefined ? undefined : await readPosition(cursorFile, key);
    return new SincePosition(command, key, saved);
  }

  private constructor(command: ExportCommand, key: string, saved: SavedPosition | undefined) {
    this.query = saved?.query ?? toFixedQuery(toQuery(command.search));
    this.cursor = saved?.cursor;
    this.#file = command.cursorFile;
    this.#key = key;
  }

  /** Remembers where a page ends. */
  pass({ resumeCursor }: ExportPage): void {
    this.#end = resumeCursor;
  }

  /** Saves the end of the export. Call it only after everything is written. */
  async save(): Promise<void> {
    if (this.#file === undefined) return;
    if (this.#end === undefined) throw new CommandError('the API returned no position in the sealed log');
    await savePosition(this.#file, { key: this.#key, query: this.query, cursor: this.#end });
  }
}
