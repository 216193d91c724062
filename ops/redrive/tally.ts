// Counts the messages of a run, by code and field and by outcome, in bounded memory. Formats the counts as a table.
import { escapeForTerminal } from '../../core/values/terminal-text.ts';
import type { Output } from '../../terminal/output.ts';
import { type Cell, type Column, layOut, renderRow, renderTitles } from '../../terminal/table.ts';
import { formatAge } from '../command/format-age.ts';
import type { Reason } from './classification.ts';

interface Row extends Reason {
  count: number;
  taken: number;
  oldestMillis: number;
}

/** Maximum number of rows. Services choose the paths, so their number is unbounded. */
const maxRows = 200;

/** What the run does with the messages that it takes: requeue or discard, or neither in a dry run. */
export interface Disposition {
  readonly isDryRun: boolean;
  readonly isDiscard: boolean;
}

function takenTitle({ isDryRun, isDiscard }: Disposition): string {
  if (isDryRun) return isDiscard ? 'TO DISCARD' : 'TO REQUEUE';
  return isDiscard ? 'DISCARDED' : 'REQUEUED';
}

function columnsOf(disposition: Disposition): readonly Column[] {
  return [
    { title: 'CODE' },
    { title: 'MESSAGES' },
    { title: takenTitle(disposition) },
    { title: 'OLDEST' },
    { title: 'FIELD', shrinksTo: 16 },
  ];
}

export class Tally {
  readonly #rows = new Map<string, Row>();
  readonly #left = new Map<string, number>();
  readonly #disposition: Disposition;
  seen = 0;
  taken = 0;

  constructor(disposition: Disposition) {
    this.#disposition = disposition;
  }

  /** Counts a message once for each of its codes and fields. */
  count(reasons: readonly Reason[], sentMillis: number): void {
    this.seen++;
    for (const [key, reason] of byKey(reasons)) this.#add(key, reason, sentMillis);
  }

  /** Counts a message as requeued or discarded; in a dry run, as one that would be. Call it after `count`. */
  countTaken(reasons: readonly Reason[]): void {
    this.taken++;
    for (const [key, { code }] of byKey(reasons)) {
      const row = this.#rows.get(key) ?? this.#rows.get(code);
      if (row !== undefined) row.taken++;
    }
  }

  /** Counts a message that stays in the queue. */
  leave(why: string): void {
    this.#left.set(why, (this.#left.get(why) ?? 0) + 1);
  }

  /** Formats the table, most frequent code first; empty when no message was counted. */
  render(nowMillis: number, { columns: terminalWidth, paint }: Output): string {
    if (this.#rows.size === 0) return '';
    const columns = columnsOf(this.#disposition);
    const rows = [...this.#rows.values()]
      .sort((a, b) => b.count - a.count)
      .map((row) => toCells(row, nowMillis));
    const widths = layOut(columns, rows, terminalWidth);
    const lines = rows.map((cells) => renderRow(columns, cells, widths, paint));
    return `${[renderTitles(columns, widths, paint), ...lines].join('\n')}\n`;
  }

  /** One line: how many messages were examined and taken. */
  summary(): string {
    const { isDryRun, isDiscard } = this.#disposition;
    const taken = `${isDryRun ? 'would be ' : ''}${isDiscard ? 'discarded' : 'requeued'}`;
    return `${this.seen} examined, ${this.taken} ${taken}`;
  }

  /** The summary, then one line for each reason why messages were left. */
  outcomes(): string[] {
    const left = [...this.#left].map(([why, count]) => `${count} left: ${why}`);
    return [this.summary(), ...left];
  }

  #add(key: string, { code, path }: Reason, sentMillis: number): void {
    const isFull = this.#rows.size >= maxRows && !this.#rows.has(key);
    const at = isFull ? { code, path: '(other fields)' } : { code, path };
    const row = this.#rows.get(isFull ? code : key) ?? {
      ...at,
      count: 0,
      taken: 0,
      oldestMillis: sentMillis,
    };
    row.count++;
    row.oldestMillis = Math.min(row.oldestMillis, sentMillis);
    this.#rows.set(isFull ? code : key, row);
  }
}

/** The reasons without duplicates, by row key. */
function byKey(reasons: readonly Reason[]): Map<string, Reason> {
  return new Map(reasons.map(({ code, path }) => [`${code} ${path}`, { code, path }]));
}

function toCells({ code, path, count, taken, oldestMillis }: Row, nowMillis: number): Cell[] {
  const texts = [code, String(count), String(taken), formatAge(nowMillis - oldestMillis), path];
  return texts.map((text) => ({ text: escapeForTerminal(text) }));
}
