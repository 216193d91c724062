// Generates the queries to measure: every combination of the four filters that have an index, over three time ranges,
// with present, rare and absent values.
import type { ListItem } from '../core/entry/entry.ts';
import { timeOf } from '../core/entry/entry-id.ts';
import type { Filters, Query } from '../core/query/query.ts';
import { createRandom } from './random.ts';
import { seedRange } from './seed-events.ts';

export type Presence = 'present' | 'rare' | 'absent';

export interface BenchQuery {
  readonly combination: string;
  readonly range: string;
  readonly presence: Presence;
  readonly query: Query;
  /** The number of matching entries. */
  readonly matches: number;
}

const fields = ['resource', 'user', 'account', 'action'] as const;
type Field = (typeof fields)[number];

export const pageSize = 50;

/** The number of matches after which a walk stops, 100 pages. Later pages cost the same as earlier ones. */
export const walkLimit = 100 * pageSize;

/** A combination is rare if less than this share of the range's entries match. */
const rareShare = 0.001;

const dayMillis = 86_400_000;
const ranges = { '1 day': dayMillis, '30 days': 30 * dayMillis, all: 180 * dayMillis } as const;

const filtersOf: Record<Field, (item: ListItem) => Filters> = {
  resource: (item) => ({ resource: [item.target.name] }),
  user: (item) => ({ user: [item.user.id] }),
  account: (item) => ({ account: [item.accountId], region: [item.region] }),
  action: (item) => ({ action: [item.action] }),
};

const unseen: Record<Field, Filters> = {
  resource: { resource: ['never-seen'] },
  user: { user: ['u-nobody'] },
  account: { account: ['999999999999'], region: ['eu-west-1'] },
  // Every action occurs in every range, so here `absent` means a combination that does not occur.
  action: {},
};

/**
 * Returns `draws` queries of each kind. There are fewer if the data has no such values, such as a rare value in one
 * day.
 */
export function makeWorkload(items: readonly ListItem[], draws: number, seed: number): BenchQuery[] {
  const random = createRandom(seed);
  const queries: BenchQuery[] = [];
  for (let mask = 1; mask < 2 ** fields.length; mask++) {
    const chosen = fields.filter((_, bit) => mask & (1 << bit));
    for (const [range, millis] of Object.entries(ranges)) {
      for (const presence of ['present', 'rare', 'absent'] as const) {
        for (let draw = 0; draw < draws; draw++) {
          const toMillis = seedRange.fromMillis + millis + Math.floor(random() * (180 * dayMillis - millis));
          const window = sliceByTime(items, toMillis - millis, toMillis);
          const filters = drawFilters(window, chosen, presence, random);
          // If the data has no such values, more attempts are pointless.
          if (!filters) break;
          queries.push({
            combination: chosen.join(' + '),
            range,
            presence,
            matches: countMatches(window, filters),
            query: {
              fromMillis: toMillis - millis,
              toMillis,
              filters,
              order: 'desc',
              limit: pageSize,
              debug: false,
            },
          });
        }
      }
    }
  }
  return queries;
}

/** Returns the items of a time range. `items` must be in order of time. */
function sliceByTime(items: readonly ListItem[], fromMillis: number, toMillis: number): readonly ListItem[] {
  return items.slice(findFirstIndex(items, fromMillis), findFirstIndex(items, toMillis + 1));
}

/** Returns the index of the first item at or after this time. */
function findFirstIndex(items: readonly ListItem[], timeMillis: number): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item && timeOf(item.id) < timeMillis) low = middle + 1;
    else high = middle;
  }
  return low;
}

const maxAttempts = 400;

function drawFilters(
  window: readonly ListItem[],
  chosen: readonly Field[],
  presence: Presence,
  random: () => number,
): Filters | undefined {
  const draw = () => window[Math.floor(random() * window.length)];
  const filtersFrom = (pick: (field: Field) => Filters): Filters =>
    Object.assign({}, ...chosen.map((field) => pick(field)));
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const item = draw();
    if (!item) return undefined;
    if (presence === 'present') return filtersFrom((field) => filtersOf[field](item));
    if (presence === 'rare') {
      const filters = filtersFrom((field) => filtersOf[field](item));
      const share = countMatches(window, filters) / window.length;
      if (share < rareShare) return filters;
      continue;
    }
    // One filter gets a value that does not occur, the others get values that do.
    const missing = chosen[Math.floor(random() * chosen.length)] ?? 'user';
    const filters = filtersFrom((field) =>
      field === missing ? unseen[field] : filtersOf[field](draw() ?? item),
    );
    if (missing !== 'action') return filters;
    const full = filtersFrom((field) => filtersOf[field](draw() ?? item));
    if (countMatches(window, full) === 0) return full;
  }
  return undefined;
}

export function countMatches(window: readonly ListItem[], filters: Filters): number {
  return window.filter((item) => isMatch(item, filters)).length;
}

export function isMatch(item: ListItem, { resource, user, account, region, action }: Filters): boolean {
  return (
    (!resource || resource.includes(item.target.name)) &&
    (!user || user.includes(item.user.id)) &&
    (!account || account.includes(item.accountId)) &&
    (!region || region.includes(item.region)) &&
    (!action || action.includes(item.action))
  );
}
