// Formats the rows of objects that no entry refers to or that are damaged, and counts all objects by status.
import { formatBytes } from '../../core/values/format-bytes.ts';
import { escapeForTerminal } from '../../core/values/terminal-text.ts';
import type { Output } from '../../terminal/output.ts';
import { type Column, layOut, renderRow, renderTitles } from '../../terminal/table.ts';
import { formatAge } from '../command/format-age.ts';
import type { ClassifiedObject, ObjectStatus } from './orphans.ts';

/** Rows are written before all objects are known, so the columns have fixed widths. */
const columns: readonly Column[] = [
  { title: 'STATUS', usualWidth: 12 },
  { title: 'SIZE', usualWidth: 8 },
  { title: 'AGE', usualWidth: 4 },
  { title: 'KEY' },
];
const widths = layOut(columns, [], undefined, { isGrowing: true });

const meanings: Readonly<Record<ObjectStatus, string>> = {
  referenced: 'contain the states of an entry',
  orphan: 'no entry refers to them',
  recent: 'no entry refers to them yet; younger than 15 minutes',
  damaged: 'size differs from the size in the entry, whose states cannot be shown',
  unrecognized: 'name is not one that the recorder generates',
};

export class OrphanTally {
  readonly #counts = new Map<ObjectStatus, { objects: number; bytes: number }>();
  #seen = 0;

  get seen(): number {
    return this.#seen;
  }

  /** Number of objects with this status. */
  count(status: ObjectStatus): number {
    return this.#counts.get(status)?.objects ?? 0;
  }

  /**
   * Counts the objects and returns their rows, with titles before the first; empty when entries refer to all of them.
   */
  add(objects: readonly ClassifiedObject[], { paint }: Output): string {
    const isFirst = this.#seen === this.count('referenced');
    for (const { status, bytes } of objects) {
      this.#seen++;
      const { objects: count, bytes: sum } = this.#counts.get(status) ?? { objects: 0, bytes: 0 };
      this.#counts.set(status, { objects: count + 1, bytes: sum + bytes });
    }
    const shown = objects.filter(({ status }) => status !== 'referenced');
    if (shown.length === 0) return '';
    const rows = shown.map(({ status, bytes, ageMillis, key }) =>
      renderRow(
        columns,
        [status, formatBytes(bytes), formatAge(ageMillis), escapeForTerminal(key)].map((text) => ({
          text,
        })),
        widths,
        paint,
      ),
    );
    return `${[...(isFirst ? [renderTitles(columns, widths, paint)] : []), ...rows].join('\n')}\n`;
  }

  /** One line for each status that occurred, and always one for orphans. */
  outcomes(): string[] {
    const statuses = Object.keys(meanings) as ObjectStatus[];
    return statuses
      .filter((status) => this.count(status) > 0 || status === 'orphan')
      .map((status) => {
        const { objects, bytes } = this.#counts.get(status) ?? { objects: 0, bytes: 0 };
        return `${objects} ${status}, ${formatBytes(bytes)}: ${meanings[status]}`;
      });
  }
}
