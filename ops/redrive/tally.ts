// Counts what a run saw and did: rows by code and place, in bounded memory, and what became of the messages.
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

/** Rows kept; paths come from services, so there may be any number. */
const maxRows = 200;

/** What is done with the messages that are taken. */
export interface Disposition {
  readonly isDryRun: boolean;
  readonly isDiscard: boolean;
}

function takenTitle({ isDryRun, isDiscard }: Disposition): string {
  if (isDryRun) return isDiscard ? 'TO DISCARD' : 'TO PUT BACK';
  return isDiscard ? 'DISCARDED' : 'PUT BACK';
}

function columnsOf(deed: Disposition): readonly Column[] {
  return [
    { title: 'CODE' },
    { title: 'MESSAGES' },
    { title: takenTitle(deed) },
    { title: 'OLDEST' },
    { title: 'WHERE', shrinksTo: 16 },
  ];
}

export class Tally {
  readonly #rows = new Map<string, Row>();
  readonly #left = new Map<string, number>();
  readonly #deed: Disposition;
  seen = 0;
  taken = 0;

  constructor(deed: Disposition) {
    this.#deed = deed;
  }

  /** Counts a message, once for each of its codes and places. */
  count(reasons: readonly Reason[], sentMillis: number): void {
    this.seen++;
    for (const [key, reason] of byKey(reasons)) this.#add(key, reason, sentMillis);
  }

  /** Counts that a counted message was put back or discarded, or would be. */
  take(reasons: readonly Reason[]): void {
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

  /** The rows as a table, most frequent first; empty when nothing was seen. */
  render(nowMillis: number, { columns: terminalWidth, paint }: Output): string {
    if (this.#rows.size === 0) return '';
    const columns = columnsOf(this.#deed);
    const rows = [...this.#rows.values()]
      .sort((a, b) => b.count - a.count)
      .map((row) => toCells(row, nowMillis));
    const widths = layOut(columns, rows, terminalWidth);
    const lines = rows.map((cells) => renderRow(columns, cells, widths, paint));
    return `${[renderTitles(columns, widths, paint), ...lines].join('\n')}\n`;
  }

  /** How many messages were looked at and taken. */
  summary(): string {
    const { isDryRun, isDiscard } = this.#deed;
    const taken = `${isDryRun ? 'would be ' : ''}${isDiscard ? 'discarded' : 'put back'}`;
    return `${this.seen} looked at, ${this.taken} ${taken}`;
  }

  /** What became of the messages, one line each. */
  outcomes(): string[] {
    const left = [...this.#left].map(([why, count]) => `${count} left: ${why}`);
    return [this.summary(), ...left];
  }

  #add(key: string, { code, path }: Reason, sentMillis: number): void {
    const isFull = this.#rows.size >= maxRows && !this.#rows.has(key);
    const at = isFull ? { code, path: '(elsewhere)' } : { code, path };
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

/** The reasons without repeats, by the keys of their rows. */
function byKey(reasons: readonly Reason[]): Map<string, Reason> {
  return new Map(reasons.map(({ code, path }) => [`${code} ${path}`, { code, path }]));
}

function toCells({ code, path, count, taken, oldestMillis }: Row, nowMillis: number): Cell[] {
  const texts = [code, String(count), String(taken), formatAge(nowMillis - oldestMillis), path];
  return texts.map((text) => ({ text: escapeForTerminal(text) }));
}
