// Deletes messages permanently, and writes a row for each one before: its ids, codes, and time. Never writes a body.
import { escapeForTerminal } from '../../core/values/terminal-text.ts';
import type { Output } from '../../terminal/output.ts';
import { type Column, layOut, renderRow, renderTitles } from '../../terminal/table.ts';
import type { DiscardedEvent, Reason } from './classification.ts';
import type { QueueMessage, QueueWalk } from './queue-walk.ts';

/** Rows are written before all messages are known, so the columns have fixed widths. */
const columns: readonly Column[] = [
  { title: 'ACTION', usualWidth: 9 },
  { title: 'MESSAGE', usualWidth: 36 },
  { title: 'REJECTED', usualWidth: 24 },
  { title: 'CODE', usualWidth: 20 },
  { title: 'ENTRY', usualWidth: 26 },
  { title: 'EVENT' },
];
const widths = layOut(columns, [], undefined, { isGrowing: true });

export class Discards {
  readonly #isDryRun: boolean;
  readonly #output: Output;
  #hasTitles = false;

  constructor(isDryRun: boolean, output: Output) {
    this.#isDryRun = isDryRun;
    this.#output = output;
  }

  /**
   * Writes the row and then deletes the message, unless this is a dry run. No message is deleted without its row. A run
   * that is killed between the two steps leaves the message, and the next run writes its row again. Rejects when a step
   * fails.
   */
  async discard(
    message: QueueMessage,
    reasons: readonly Reason[],
    about: DiscardedEvent,
    walk: QueueWalk,
  ): Promise<void> {
    await this.#write(message, reasons, about);
    if (this.#isDryRun) return;
    try {
      await walk.delete(message);
    } catch (error) {
      this.#output.say(`This message may not have been deleted: ${escapeForTerminal(message.id)}`);
      throw error;
    }
  }

  async #write(message: QueueMessage, reasons: readonly Reason[], about: DiscardedEvent): Promise<void> {
    const { paint, draw, write } = this.#output;
    const what = this.#isDryRun ? 'dry run' : 'discarded';
    const codes = [...new Set(reasons.map(({ code }) => code))].join(',');
    const texts = [what, message.id, about.rejectedAt, codes, about.entryId ?? '', about.eventId ?? ''];
    const cells = texts.map((text) => ({ text: escapeForTerminal(text) }));
    const titles = this.#hasTitles ? '' : `${renderTitles(columns, widths, paint)}\n`;
    this.#hasTitles = true;
    draw(undefined);
    await write(`${titles}${renderRow(columns, cells, widths, paint)}\n`);
  }
}
