// Converts filters to and from tokens of the property filter. The values of a token are terms of the API's grammar. A
// filter is at most two tokens: one with the terms of which any must match, and one with those that must not match.
import type { PropertyFilterProps } from '@cloudscape-design/components/property-filter';
import { isEntryId } from '../../../core/entry/entry-id.ts';
import { exactTerm, parseTerm, prefixTerm, splitTerms } from '../../../core/query/filter-grammar.ts';
import {
  type FilterName,
  type Filters,
  filterNames,
  filterRules,
  normalizeTerms,
} from '../../../core/query/filters.ts';
import { type RecordedRange, readRecorded, type Search } from '../search/search.ts';

export type Token = PropertyFilterProps.Token;

/** One value of a filter: its exact text, not a term. */
export interface FilterValue {
  readonly name: FilterName;
  readonly value: string;
}

/** The operator for a single prefix. Its value is the text of the prefix, not a term. */
export const beginsWith = 'begins with';

const operatorLabels: Readonly<Record<string, string>> = { '=': 'equals', '!=': 'does not equal' };

/** Describes a token for screen readers. The property filter has no text for custom operators. */
export function labelToken({ propertyLabel, operator, value }: PropertyFilterProps.FormattedToken): string {
  return `${propertyLabel} ${operatorLabels[operator] ?? operator} ${value}`;
}

export function toTokens(filters: Filters): Token[] {
  return filterNames.flatMap((name): Token[] => {
    const terms = filters[name] ?? [];
    const positive = terms.filter((term) => !term.startsWith('!'));
    const negated = terms.filter((term) => term.startsWith('!')).map((term) => term.slice(1));
    return [
      ...(positive.length === 0 ? [] : [toPositiveToken(name, positive)]),
      ...(negated.length === 0 ? [] : [{ propertyKey: name, operator: '!=', value: negated } as const]),
    ];
  });
}

function toPositiveToken(name: FilterName, terms: readonly string[]): Token {
  const prefix = filterRules[name].allowsPrefix ? findOnlyPrefix(terms) : undefined;
  // In a token, a trailing * is optional, so a prefix that ends in * is shown as a term.
  if (prefix === undefined || prefix.endsWith('*'))
    return { propertyKey: name, operator: '=', value: [...terms] };
  return { propertyKey: name, operator: beginsWith, value: prefix };
}

/** Returns the text of the only term if it is a prefix. */
function findOnlyPrefix([only = '', ...more]: readonly string[]): string | undefined {
  const reading = parseTerm(only);
  if (more.length > 0 || 'problem' in reading) return undefined;
  const { text, isPrefix, isNegated } = reading.term;
  return isPrefix && !isNegated ? text : undefined;
}

/** Converts tokens to filters. Ignores tokens without a value. */
export function toFilters(tokens: readonly Token[]): Filters {
  const terms = new Map<FilterName, string[]>();
  for (const token of tokens) {
    const { name, of } = readToken(token);
    if (name !== undefined && of.length > 0) terms.set(name, [...(terms.get(name) ?? []), ...of]);
  }
  const filters: { [name in FilterName]?: readonly string[] } = {};
  for (const name of filterNames) {
    const of = terms.get(name);
    if (of !== undefined) filters[name] = normalizeTerms(name, of);
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
  const text = typeof token?.value === 'string' ? token.value.trim() : '';
  // A trailing * makes the text a name prefix explicitly.
  const isPlain = text !== '' && !text.endsWith('*') && findFixedFormat(text) === undefined;
  return isPlain ? text : undefined;
}

/** Replaces the free text with a filter value. */
export function replaceFreeText(tokens: readonly Token[], { name, value }: FilterValue): Token[] {
  return tokens.map((token) =>
    token.propertyKey === undefined ? { propertyKey: name, operator: '=', value: [exactTerm(value)] } : token,
  );
}

/** Returns the name prefix that is searched for, or `undefined` if there is not exactly one. */
export function findNamePrefix({ resource = [] }: Filters): string | undefined {
  return findOnlyPrefix(resource);
}

/** Returns the entry ID that was entered as free text, if there is one. */
export function findEntryId(tokens: readonly Token[]): string | undefined {
  const texts = tokens.filter(({ propertyKey }) => propertyKey === undefined).map(({ value }) => value);
  return texts
    .filter((text): text is string => typeof text === 'string')
    .map((text) => text.trim().toUpperCase())
    .find(isEntryId);
}

interface TokenReading {
  readonly name?: FilterName | undefined;
  /** Terms of the filter. */
  readonly of: readonly string[];
}

function readToken({ propertyKey, operator, value }: Token): TokenReading {
  const given: unknown[] = Array.isArray(value) ? value : value === '' ? [] : [value];
  // An empty value of a list comes from the URL. It is kept, because the API rejects it.
  const texts = given.filter((text): text is string => typeof text === 'string');
  // Only text that was typed is trimmed: a chosen value can start or end with a space.
  if (propertyKey === undefined) return readFreeText(texts[0]?.trim() || undefined);
  const name = filterNames.find((filter) => filter === propertyKey);
  if (operator === beginsWith) return { name, of: texts.map(toPrefix) };
  const terms = texts.flatMap(splitTerms);
  return { name, of: operator === '!=' ? terms.map((term) => `!${term}`) : terms };
}

/** Interprets free text: an account, a region, or otherwise a name prefix. */
function readFreeText(text: string | undefined): TokenReading {
  if (text === undefined) return { of: [] };
  const name = findFixedFormat(text);
  return name === undefined ? { name: 'resource', of: [toPrefix(text)] } : { name, of: [text] };
}

/** Returns the filter whose values have the format of the text. */
function findFixedFormat(text: string): FilterName | undefined {
  return (['account', 'region'] as const).find((name) => filterRules[name].read(text) !== undefined);
}

/** Returns the term of a prefix. A trailing * is optional. */
function toPrefix(text: string): string {
  return prefixTerm(text.endsWith('*') ? text.slice(0, -1) : text);
}
