// The values of an entry that a search can include or exclude, and the searches that start from an entry.
import type { ListItem } from '../../../client/client.ts';
import { labelTargetType } from '../../../core/contract/target-types.ts';
import { exactTerm } from '../../../core/query/filter-grammar.ts';
import type { FilterName, Filters } from '../../../core/query/filters.ts';
import { actionLabels, verdictLabels } from '../labels/labels.ts';
import type { ColumnId, ExtraColumnId } from '../preferences/preferences.ts';
import type { Search } from '../search/search.ts';
import { filtersOfColumn } from './pivot-columns.ts';

/** One value of an entry, and the filter that finds it. */
export interface PivotField {
  readonly filter: FilterName;
  /** The name of the value, as the filter calls it. */
  readonly label: string;
  /** The exact value. */
  readonly value: string;
  /** The value as the list shows it. */
  readonly text: string;
}

/**
 * Returns the values of an entry that its cell in a column shows, or all of them for the column of the target. A value that
 * the entry does not have is left out.
 */
export function pivotFieldsOf(item: ListItem, column: ColumnId | ExtraColumnId): PivotField[] {
  const { target, user, accountId, region, environment, action, verdict } = item;
  const fields: (Omit<PivotField, 'value' | 'text'> & { value: string | undefined; text?: string })[] = [
    { filter: 'target', label: 'Target ID', value: target.id },
    { filter: 'resource', label: 'Name', value: target.name },
    { filter: 'service', label: 'Service and its resources', value: serviceOf(item) },
    { filter: 'type', label: 'Type', value: target.type, text: labelTargetType(target.type) },
    { filter: 'user', label: 'User', value: user.id, text: user.name ?? user.id },
    { filter: 'account', label: 'Account', value: accountId },
    { filter: 'region', label: 'Region', value: region },
    { filter: 'environment', label: 'Environment', value: environment },
    { filter: 'action', label: 'Action', value: action, text: actionLabels[action] },
    { filter: 'verdict', label: 'Verdict', value: verdict, text: verdictLabels[verdict] },
  ];
  return fields.flatMap(({ value, text, ...field }) => {
    const isShown = column === 'target' || filtersOfColumn[column]?.includes(field.filter);
    return value === undefined || value === '' || !isShown ? [] : [{ ...field, value, text: text ?? value }];
  });
}

/** Returns the filters with a value included or excluded. Replaces its opposite; the other values stay. */
export function applyPivot(filters: Filters, { filter, value }: PivotField, isIncluded: boolean): Filters {
  const term = exactTerm(value);
  const negated = `!${term}`;
  const others = (filters[filter] ?? []).filter((other) => other !== term && other !== negated);
  // An entry must match one of the positive terms. To narrow a search, the value replaces them.
  const kept = isIncluded ? others.filter((other) => other.startsWith('!')) : others;
  return { ...filters, [filter]: [...kept, isIncluded ? term : negated].sort() };
}

const hourMillis = 60 * 60 * 1000;

/** What the hours around an entry can have in common with it. */
export function hourScopesOf(
  item: ListItem,
): readonly { readonly text: string; readonly filters: Filters }[] {
  const { accountId, environment, user } = item;
  const service = serviceOf(item);
  return [
    { text: `In account ${accountId}`, filters: { account: [exactTerm(accountId)] } },
    ...(environment === undefined
      ? []
      : [{ text: `In environment ${environment}`, filters: { environment: [exactTerm(environment)] } }]),
    ...(service === undefined
      ? []
      : [{ text: `For ${service} and its resources`, filters: { service: [exactTerm(service)] } }]),
    { text: `By ${user.name ?? user.id}`, filters: { user: [exactTerm(user.id)] } },
  ];
}

/** The hour before an entry and the hour after it. */
export function searchAround({ timestamp }: ListItem, filters: Filters): Search {
  const at = Date.parse(timestamp);
  return {
    filters,
    range: {
      type: 'between',
      from: new Date(Math.max(0, at - hourMillis)).toISOString(),
      to: new Date(at + hourMillis).toISOString(),
    },
    order: 'desc',
  };
}

/**
 * What changed in the hour before an entry in the same environment, or the same account if it has none, by target. The
 * entry is included. Denied attempts changed nothing, so they are left out.
 */
export function searchBefore({
  timestamp,
  accountId,
  environment,
}: Pick<ListItem, 'timestamp' | 'accountId' | 'environment'>): Search {
  const at = Date.parse(timestamp);
  return {
    filters: {
      account: [exactTerm(accountId)],
      ...(environment !== undefined && { environment: [exactTerm(environment)] }),
      verdict: ['!DENIED'],
    },
    range: { type: 'between', from: new Date(Math.max(0, at - hourMillis)).toISOString(), to: timestamp },
    order: 'desc',
    groupBy: 'target',
  };
}

function serviceOf({ target }: ListItem): string | undefined {
  return target.kind === 'SERVICE' ? target.name : target.serviceName;
}
