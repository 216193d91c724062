// Adds up the parts of a summary that did not fit into one request. Also runs in browsers.
import { addNotSearched } from '../search/detail-search.ts';
import { addGroups, rankGroups, toGroupId } from './rank-groups.ts';
import type { Group, GroupList, GroupOrder, Summary } from './summary.ts';

/** How the groups of the sum are sorted and limited. */
export interface MergeOptions {
  readonly orderBy?: GroupOrder | undefined;
  readonly top?: number | undefined;
}

/** The number of groups that a summary lists by default. */
export const defaultTop = 10;

/**
 * Adds up the first answer of a summary and all answers of its cursors so far, in order. The result is exact if the last
 * answer has no cursor and every entry could be searched. A single answer that is already exact stays as it is.
 */
export function mergeSummaries(parts: readonly [Summary, ...Summary[]], options: MergeOptions = {}): Summary {
  const [first, ...others] = parts;
  const last = parts.at(-1) as Summary;
  if (others.length === 0 && first.nextCursor === null) return first;
  const { orderBy = 'count', top = defaultTop } = options;
  const add = (lists: readonly GroupList[]) => addLists(lists, orderBy, top);
  const notSearched = parts.map((part) => part.notSearched).reduce(addNotSearched, undefined);
  const { notSearched: _, consumedCapacity: __, atMost: ___, ...shared } = first;
  return {
    ...shared,
    ...add(parts),
    total: sum(parts, ({ total }) => total),
    denied: sum(parts, ({ denied }) => denied),
    ...(first.previous && {
      previous: {
        ...first.previous,
        total: sum(parts, ({ previous }) => previous?.total ?? 0),
        denied: sum(parts, ({ previous }) => previous?.denied ?? 0),
      },
    }),
    ...(first.topLists && {
      topLists: first.topLists.map((_list, place) =>
        add(parts.flatMap(({ topLists }) => topLists?.[place] ?? [])),
      ),
    }),
    exact: last.nextCursor === null && notSearched === undefined,
    ...(last.atMost !== undefined && {
      atMost: last.atMost + parts.slice(0, -1).reduce((total, part) => total + countEntries(part), 0),
    }),
    searchedThrough: last.searchedThrough,
    nextCursor: last.nextCursor,
    ...(notSearched && { notSearched }),
  };
}

function addLists(lists: readonly GroupList[], order: GroupOrder, top: number): GroupList {
  const groupBy = lists[0]?.groupBy ?? [];
  const groups = new Map<string, Group>();
  for (const group of lists.flatMap((list) => list.groups)) {
    const id = toGroupId(group, groupBy);
    groups.set(id, addGroups(groups.get(id), group));
  }
  return rankGroups([...groups.values()], { groupBy, order, top });
}

function countEntries({ total, denied, previous }: Summary): number {
  return total + denied + (previous?.total ?? 0) + (previous?.denied ?? 0);
}

function sum(parts: readonly Summary[], numberOf: (part: Summary) => number): number {
  return parts.reduce((total, part) => total + numberOf(part), 0);
}
