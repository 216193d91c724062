// Deletes messages for good that somebody has dealt with, having written a row of each: its ids, codes and time.
import { escapeForTerminal } from '../../core/values/terminal-text.ts';
import type { Output } from '../../terminal/output.ts';
import { type Column, layOut, renderRow, renderTitles } from '../../terminal/table.ts';
import type { DiscardedEvent, Reason } from './classification.ts';
import type { QueueMessage, QueueWalk } from './queue-walk.ts';

/** Rows are written as messages are found, so widths are those that most need. */
const columns: readonly Column[] = [
  { title: 'WHAT', usualWidth: 9 },
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
   * Writes the row, then deletes the message of `walk`, unless this is a dry run: nothing is deleted untold, and what a
   * run that was killed told of and did not delete is told of again by the next. Rejects when either fails.
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
      this.#output.say(`Perhaps not deleted: ${escapeForTerminal(message.id)}`);
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
