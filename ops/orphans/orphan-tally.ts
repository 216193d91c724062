// Shows the objects that are not simply kept, and counts all of them.
import { formatBytes } from '../../core/values/format-bytes.ts';
import { escapeForTerminal } from '../../core/values/terminal-text.ts';
import type { Output } from '../../terminal/output.ts';
import { type Column, layOut, renderRow, renderTitles } from '../../terminal/table.ts';
import { formatAge } from '../command/format-age.ts';
import type { ClassifiedObject, ObjectStatus } from './orphans.ts';

/** Rows are written as they are found, so widths are those that most need. */
const columns: readonly Column[] = [
  { title: 'WHAT', usualWidth: 9 },
  { title: 'SIZE', usualWidth: 8 },
  { title: 'AGE', usualWidth: 4 },
  { title: 'KEY' },
];
const widths = layOut(columns, [], undefined, { isGrowing: true });

const meanings: Readonly<Record<ObjectStatus, string>> = {
  kept: 'states of an entry',
  orphan: 'no entry refers to them',
  'under way': 'no entry refers to them, and they are younger than 15 minutes',
  damaged: 'another size than their entries say; these cannot be shown whole',
  foreign: 'not named as the recorder names objects',
};

export class OrphanTally {
  readonly #counts = new Map<ObjectStatus, { objects: number; bytes: number }>();
  #seen = 0;

  get seen(): number {
    return this.#seen;
  }

  /** Objects with this standing. */
  count(standing: ObjectStatus): number {
    return this.#counts.get(standing)?.objects ?? 0;
  }

  /** Counts the objects and gives the rows to show, behind the titles when they are the first; empty when all are kept. */
  add(objects: readonly ClassifiedObject[], { paint }: Output): string {
    const isFirst = this.#seen === this.count('kept');
    for (const { standing, bytes } of objects) {
      this.#seen++;
      const { objects: count, bytes: sum } = this.#counts.get(standing) ?? { objects: 0, bytes: 0 };
      this.#counts.set(standing, { objects: count + 1, bytes: sum + bytes });
    }
    const shown = objects.filter(({ standing }) => standing !== 'kept');
    if (shown.length === 0) return '';
    const rows = shown.map(({ standing, bytes, ageMillis, key }) =>
      renderRow(
        columns,
        [standing, formatBytes(bytes), formatAge(ageMillis), escapeForTerminal(key)].map((text) => ({
          text,
        })),
        widths,
        paint,
      ),
    );
    return `${[...(isFirst ? [renderTitles(columns, widths, paint)] : []), ...rows].join('\n')}\n`;
  }

  /** What was seen, one line for each standing. Orphans are told of always. */
  outcomes(): string[] {
    const standings = Object.keys(meanings) as ObjectStatus[];
    return standings
      .filter((standing) => this.count(standing) > 0 || standing === 'orphan')
      .map((standing) => {
        const { objects, bytes } = this.#counts.get(standing) ?? { objects: 0, bytes: 0 };
        return `${objects} ${standing}, ${formatBytes(bytes)}: ${meanings[standing]}`;
      });
  }
}
