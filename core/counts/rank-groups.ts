// Sorts the groups of a summary, keeps the first ones, and adds up the others. Also runs in browsers.
import type { Counts, Dimension, Group, GroupList, GroupOrder, Others } from './summary.ts';

const none: Counts = { count: 0, denied: 0 };

/** Returns the sum of both numbers. */
export function addCounts(one: Counts = none, other: Counts = none): Counts {
  return { count: one.count + other.count, denied: one.denied + other.denied };
}

/** Identifies the group among those with the same dimensions. */
export function toGroupId({ key }: Pick<Group, 'key'>, groupBy: readonly Dimension[]): string {
  return JSON.stringify(groupBy.map((name) => key[name]));
}

/** The size of the change of what was done since the previous period. */
function changeOf({ count, previous = none }: Group): number {
  return Math.abs(count - previous.count);
}

const orders: Readonly<Record<GroupOrder, readonly ((group: Group) => number)[]>> = {
  count: [({ count }) => count, ({ denied }) => denied],
  denied: [({ denied }) => denied, ({ count }) => count],
  change: [changeOf, ({ count }) => count, ({ denied }) => denied],
};

/** Compares groups: the largest first, and equal ones by key, where an absent value is the last one. */
export function compareGroups(
  order: GroupOrder,
  groupBy: readonly Dimension[],
): (one: Group, other: Group) => number {
  return (one, other) => {
    const byTime = compareTexts(one.key.time ?? undefined, other.key.time ?? undefined);
    if (byTime !== 0) return byTime;
    for (const sizeOf of orders[order]) {
      const difference = sizeOf(other) - sizeOf(one);
      if (difference !== 0) return difference;
    }
    for (const name of groupBy) {
      const byKey = compareTexts(one.key[name] ?? undefined, other.key[name] ?? undefined);
      if (byKey !== 0) return byKey;
    }
    return 0;
  };
}

function compareTexts(one: string | undefined, other: string | undefined): number {
  if (one === other) return 0;
  if (one === undefined) return 1;
  if (other === undefined) return -1;
  return one < other ? -1 : 1;
}

/**
 * Sorts the groups and keeps the first `top`. Grouped by time, every bucket stays: `top` then limits the values of the
 * other dimension, ranked by their totals. `undefined` keeps all groups.
 */
export function rankGroups(
  groups: readonly Group[],
  { groupBy, order, top }: { groupBy: readonly Dimension[]; order: GroupOrder; top: number | undefined },
): GroupList {
  const sorted = [...groups].sort(compareGroups(order, groupBy));
  const listed = top === undefined ? sorted : keepTop(sorted, groupBy, order, top);
  const kept = new Set(listed);
  const isCompared = sorted.some(({ previous }) => previous !== undefined);
  const others = sorted.filter((group) => !kept.has(group));
  return { groupBy, groups: listed, others: addUp(others, isCompared) };
}

function keepTop(
  sorted: readonly Group[],
  groupBy: readonly Dimension[],
  order: GroupOrder,
  top: number,
): readonly Group[] {
  if (!groupBy.includes('time')) return sorted.slice(0, top);
  const rest = groupBy.filter((name) => name !== 'time');
  const totals = new Map<string, Group>();
  for (const group of sorted) {
    const id = toGroupId(group, rest);
    totals.set(id, addGroups(totals.get(id), withoutTime(group)));
  }
  const ranked = [...totals.values()].sort(compareGroups(order, rest)).slice(0, top);
  const ids = new Set(ranked.map((group) => toGroupId(group, rest)));
  return sorted.filter((group) => ids.has(toGroupId(group, rest)));
}

function withoutTime({ key: { time: _, ...key }, ...group }: Group): Group {
  return { ...group, key };
}

/** Adds the numbers of a group to those of the same group. Keeps the names of the first one. */
export function addGroups(one: Group | undefined, other: Group): Group {
  if (one === undefined) return other;
  const names = one.names ?? other.names;
  return {
    key: one.key,
    ...(names && { names }),
    ...addCounts(one, other),
    ...((one.previous ?? other.previous) && { previous: addCounts(one.previous, other.previous) }),
  };
}

function addUp(groups: readonly Group[], isCompared: boolean): Others {
  return {
    groups: groups.length,
    ...groups.reduce<Counts>((sum, group) => addCounts(sum, group), none),
    ...(isCompared && {
      previous: groups.reduce<Counts>((sum, group) => addCounts(sum, group.previous), none),
    }),
  };
}
