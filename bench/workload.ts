// Generates the queries to measure: every combination of the five filters that have an index, and each filter without
// one alone and beside each of the five, over three time ranges, with present, rare and absent values. The filter
// `disputed` is not among them: it has a single plan.
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

const indexedFields = ['resource', 'user', 'account', 'action', 'verdict'] as const;
const otherFields = ['service', 'target', 'kind', 'type', 'environment'] as const;
type Field = (typeof indexedFields)[number] | (typeof otherFields)[number];

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
  verdict: (item) => ({ verdict: [item.verdict] }),
  service: ({ target }) => ({ service: [target.serviceName ?? target.name] }),
  target: (item) => ({ target: [item.target.id] }),
  kind: (item) => ({ kind: [item.target.kind] }),
  type: (item) => ({ type: [item.target.type] }),
  environment: (item) => ({ environment: [item.environment ?? 'prod'] }),
};

const unseen: Record<Field, Filters> = {
  resource: { resource: ['never-seen'] },
  user: { user: ['u-nobody'] },
  account: { account: ['999999999999'], region: ['eu-west-1'] },
  // Every action and every kind occurs in every range, so here `absent` means a combination that does not occur.
  action: {},
  kind: {},
  // No event of the benchmark has an unknown role.
  verdict: { verdict: ['UNKNOWN_ROLE'] },
  service: { service: ['never-seen'] },
  target: { target: ['never-seen'] },
  type: { type: ['never-seen'] },
  environment: { environment: ['never-seen'] },
};

/** The share of queries by verdict that ask for one other than PERMITTED, as those of the page do. */
const findingShare = 0.75;

function listCombinations(): Field[][] {
  const indexed = Array.from({ length: 2 ** indexedFields.length }, (_, mask) =>
    indexedFields.filter((_field, bit) => mask & (1 << bit)),
  );
  const others = otherFields.flatMap((other) => [[other], ...indexedFields.map((field) => [field, other])]);
  return [...indexed.slice(1), ...others];
}

/**
 * Returns `draws` queries of each kind. There are fewer if the data has no such values, such as a rare value in one
 * day.
 */
export function makeWorkload(items: readonly ListItem[], draws: number, seed: number): BenchQuery[] {
  const random = createRandom(seed);
  const queries: BenchQuery[] = [];
  for (const chosen of listCombinations()) {
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
  const findings = window.filter(({ verdict }) => verdict !== 'PERMITTED');
  const draw = () => {
    const isFinding = chosen.includes('verdict') && findings.length > 0 && random() < findingShare;
    const items = isFinding ? findings : window;
    return items[Math.floor(random() * items.length)];
  };
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
    if (missing !== 'action' && missing !== 'kind') return filters;
    const full = filtersFrom((field) => filtersOf[field](draw() ?? item));
    if (countMatches(window, full) === 0) return full;
  }
  return undefined;
}

export function countMatches(window: readonly ListItem[], filters: Filters): number {
  return window.filter((item) => isMatch(item, filters)).length;
}

/** Whether the entry matches the filters. Independent of the product's own check, which it verifies. */
export function isMatch(item: ListItem, filters: Filters): boolean {
  const { resource, user, account, region, action, verdict, service, target, kind, type, environment } =
    filters;
  return (
    (!resource || resource.includes(item.target.name)) &&
    (!user || user.includes(item.user.id)) &&
    (!account || account.includes(item.accountId)) &&
    (!region || region.includes(item.region)) &&
    (!action || action.includes(item.action)) &&
    (!verdict || verdict.includes(item.verdict)) &&
    (!service ||
      service.includes(
        item.target.serviceName ?? (item.target.kind === 'SERVICE' ? item.target.name : ''),
      )) &&
    (!target || target.includes(item.target.id)) &&
    (!kind || kind.includes(item.target.kind)) &&
    (!type || type.includes(item.target.type)) &&
    (!environment || environment.includes(item.environment ?? ''))
  );
}
