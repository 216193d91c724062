// Groups entries by their target, and describes how long before a moment each occurred.
import type { ListItem } from '../../../client/client.ts';
import { readBound } from '../search/bound.ts';
import type { TimeRange } from '../search/search.ts';
import { formatDuration } from '../time/format-time.ts';

/** The entries of one service or resource. There is at least one. */
export interface TargetGroup {
  readonly key: string;
  readonly items: readonly [ListItem, ...ListItem[]];
}

/**
 * Groups entries by target. Groups are in the order of their first entries, and entries stay in order. The same ID with
 * another type, account, or region is another target.
 */
export function groupByTarget(items: readonly ListItem[]): readonly TargetGroup[] {
  const groups = new Map<string, [ListItem, ...ListItem[]]>();
  for (const item of items) {
    const { target, accountId, region } = item;
    const key = JSON.stringify([target.type, target.id, accountId, region]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups].map(([key, grouped]) => ({ key, items: grouped }));
}

/** The moment that a search looks back from, epoch milliseconds: the end of its range. */
export function findMoment(range: TimeRange): number | undefined {
  return range.type === 'between' && range.to !== undefined ? readBound(range.to, 'to') : undefined;
}

/** How long before the moment: `4 min before`, `22 s before`, `at that time`. */
export function describeBefore(timestamp: string, momentMillis: number): string {
  const millis = momentMillis - Date.parse(timestamp);
  if (millis < 1000) return 'at that time';
  return `${millis < 60_000 ? `${Math.floor(millis / 1000)} s` : formatDuration(millis)} before`;
}
