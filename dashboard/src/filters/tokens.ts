// Filters as the tokens of the property filter, and back. A filter is one token with all its values, any of which may
// match; tokens of different filters must all match. Names that begin with something are resource names ending in *.
import type { PropertyFilterProps } from '@cloudscape-design/components/property-filter';
import { isEntryId } from '../../../core/entry/entry-id.ts';
import {
  type FilterName,
  type Filters,
  filterNames,
  filterRules,
  isPrefix,
} from '../../../core/query/query.ts';
import { toValues } from '../search/search-url.ts';

export type Token = PropertyFilterProps.Token;

/** The operator of a single prefix, as people read it. */
export const beginsWith = 'begins with';

/** A token in words, for screen readers; the property filter has none for an operator of ours. */
export function labelToken({ propertyLabel, operator, value }: PropertyFilterProps.FormattedToken): string {
  return `${propertyLabel} ${operator === '=' ? 'equals' : operator} ${value}`;
}

export function toTokens(filters: Filters): Token[] {
  return filterNames.flatMap((name): Token[] => {
    const values = filters[name];
    if (values === undefined) return [];
    const [only = '', ...more] = values;
    if (name === 'resource' && more.length === 0 && isPrefix(only)) {
      return [{ propertyKey: name, operator: beginsWith, value: only.slice(0, -1) }];
    }
    return [{ propertyKey: name, operator: '=', value: [...values] }];
  });
}

/** The filters that tokens stand for; a token without a value stands for nothing. */
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

/** The bare text that stands for how a name begins, when there is one. */
export function findBareName(tokens: readonly Token[]): string | undefined {
  const token = tokens.find(({ propertyKey }) => propertyKey === undefined);
  const { name, of } = token === undefined ? {} : readToken(token);
  // Who types the star means a name.
  const isStarred = typeof token?.value === 'string' && isPrefix(token.value.trim());
  return name === 'resource' && !isStarred ? of?.[0]?.slice(0, -1) : undefined;
}

/** The tokens with the user in the place of the bare text. */
export function labelUser(tokens: readonly Token[], id: string): Token[] {
  return tokens.map((token) =>
    token.propertyKey === undefined ? { propertyKey: 'user', operator: '=', value: [id] } : token,
  );
}

/** How the names begin that are searched for; `undefined` when not one prefix is. */
export function findNamePrefix({ resource = [] }: Filters): string | undefined {
  const [only = '', ...more] = resource;
  return more.length === 0 && isPrefix(only) ? only.slice(0, -1) || undefined : undefined;
}

/** The entry whose id somebody has typed or pasted as free text. */
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
  const texts = given.filter((text): text is string => typeof text === 'string').map((text) => text.trim());
  const of = texts.filter((text) => text !== '');
  if (propertyKey === undefined) return readFreeText(of[0]);
  const name = filterNames.find((filter) => filter === propertyKey);
  return { name, of: operator === beginsWith ? of.map(toPrefix) : of };
}

/** What people mean by a bare word: an account, a region, else how a name begins. */
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
