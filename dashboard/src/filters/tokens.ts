// Converts filters to and from tokens of the property filter. A filter is one token with all its values: any value can
// match, and all tokens must match. A name prefix is a resource name that ends in *.
import type { PropertyFilterProps } from '@cloudscape-design/components/property-filter';
import { isEntryId } from '../../../core/entry/entry-id.ts';
import {
  type FilterName,
  type Filters,
  filterNames,
  filterRules,
  isPrefix,
} from '../../../core/query/query.ts';
import { type RecordedRange, readRecorded, type Search } from '../search/search.ts';
import { toValues } from '../search/search-url.ts';

export type Token = PropertyFilterProps.Token;

/** One value of a filter. */
export interface FilterValue {
  readonly name: FilterName;
  readonly value: string;
}

/** The operator for a single name prefix. */
export const beginsWith = 'begins with';

/** Describes a token for screen readers. The property filter has no text for custom operators. */
export function labelToken({ propertyLabel, operator, value }: PropertyFilterProps.FormattedToken): string {
  return `${propertyLabel} ${operator === '=' ? 'equals' : operator} ${value}`;
}

export function toTokens(filters: Filters): Token[] {
  return filterNames.flatMap((name): Token[] => {
    const values = filters[name];
    if (values === undefined) return [];
    const [only = '', ...more] = values;
    const prefix = name === 'resource' && more.length === 0 && isPrefix(only) ? only.slice(0, -1) : '';
    // In a token, a trailing * is optional, so a prefix that ends in * must keep its own.
    if (prefix !== '' && !isPrefix(prefix)) {
      return [{ propertyKey: name, operator: beginsWith, value: prefix }];
    }
    return [{ propertyKey: name, operator: '=', value: [...values] }];
  });
}

/** Converts tokens to filters. Ignores tokens without a value. */
export function toFilters(tokens: readonly Token[]): Filters {
  const values = new Map<FilterName, string[]>();
  for (const token of tokens) {
    const { name, of } = readToken(token);
    if (name !== undefined && of.length > 0) values.set(name, [...(values.get(name) ?? []), ...of]);
  }
  const filters: { [name in FilterName]?: readonly string[] } = {};
  for (const name of filterNames) {
    const of = values.get(name);
    if (of !== undefined) filters[name] = toValues(name, of);
  }
  return filters;
}

/** Bounds of the time at which entries were recorded, which are tokens too. */
export const recordedNames = ['recordedFrom', 'recordedTo'] as const;

export function toRecordedTokens(recorded: RecordedRange = {}): Token[] {
  return recordedNames.flatMap((name): Token[] => {
    const value = recorded[name];
    return value === undefined ? [] : [{ propertyKey: name, operator: '=', value }];
  });
}

/** Returns the bounds in tokens. The last of several counts. */
export function toRecorded(tokens: readonly Token[]): Pick<Search, 'recorded'> {
  const [from, to] = recordedNames.map((name) => {
    const value: unknown = tokens.findLast(({ propertyKey }) => propertyKey === name)?.value;
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  });
  return readRecorded(from, to);
}

/** Returns the free text that would become a name prefix, if there is one. */
export function findFreeText(tokens: readonly Token[]): string | undefined {
  const token = tokens.find(({ propertyKey }) => propertyKey === undefined);
  const { name, of } = token === undefined ? {} : readToken(token);
  // A trailing * makes the text a name prefix explicitly.
  const isStarred = typeof token?.value === 'string' && isPrefix(token.value.trim());
  return name === 'resource' && !isStarred ? of?.[0]?.slice(0, -1) : undefined;
}

/** Replaces the free text with a filter value. */
export function replaceFreeText(tokens: readonly Token[], { name, value }: FilterValue): Token[] {
  return tokens.map((token) =>
    token.propertyKey === undefined ? { propertyKey: name, operator: '=', value: [value] } : token,
  );
}

/** Returns the name prefix that is searched for, or `undefined` if there is not exactly one. */
export function findNamePrefix({ resource = [] }: Filters): string | undefined {
  const [only = '', ...more] = resource;
  return more.length === 0 && isPrefix(only) ? only.slice(0, -1) || undefined : undefined;
}

/** Returns the entry ID that was entered as free text, if there is one. */
export function findEntryId(tokens: readonly Token[]): string | undefined {
  const texts = tokens.filter(({ propertyKey }) => propertyKey === undefined).map(({ value }) => value);
  return texts
    .filter((text): text is string => typeof text === 'string')
    .map((text) => text.trim().toUpperCase())
    .find(isEntryId);
}

function readToken({ propertyKey, operator, value }: Token): {
  name?: FilterName | undefined;
  of: string[];
} {
  const given: unknown[] = Array.isArray(value) ? value : [value];
  const of = given.filter((text): text is string => typeof text === 'string' && text !== '');
  // Only text that was typed is trimmed: a chosen value can start or end with a space.
  if (propertyKey === undefined) return readFreeText(of[0]?.trim() || undefined);
  const name = filterNames.find((filter) => filter === propertyKey);
  return { name, of: operator === beginsWith ? of.map(toPrefix) : of };
}

/** Interprets free text: an account, a region, or otherwise a name prefix. */
function readFreeText(text: string | undefined): { name?: FilterName; of: string[] } {
  if (text === undefined) return { of: [] };
  for (const name of ['account', 'region'] as const) {
    if (filterRules[name].read(text) !== undefined) return { name, of: [text] };
  }
  return { name: 'resource', of: [toPrefix(text)] };
}

function toPrefix(text: string): string {
  return isPrefix(text) ? text : `${text}*`;
}
