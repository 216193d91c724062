// Defines the filters of a list request: their names, the values that each allows, and what each supports of the
// grammar. To add a filter, start here.
import { isRegionName, regionName } from '../contract/region.ts';
import { lengthOf } from '../contract/text-length.ts';
import { actions, kinds, verdicts } from '../contract/vocabulary.ts';
import { markerPattern } from '../redaction/text/markers.ts';
import { invalidParameter } from '../values/errors.ts';
import { parseTerm, printTerm, splitTerms, type TermReading } from './filter-grammar.ts';

/** The maximum number of values of a filter. Each value can be a separate partition to read. */
export const maxFilterValues = 50;

/** The filters, in the order of the API documentation. */
export const filterNames = [
  'action',
  'user',
  'account',
  'region',
  'resource',
  'service',
  'target',
  'kind',
  'type',
  'environment',
  'verdict',
  'disputed',
] as const;

export type FilterName = (typeof filterNames)[number];

/**
 * The terms of each filter in canonical form (`printTerm`), sorted and distinct. An entry must match one of the positive
 * terms, if there are any, and none of the negated ones. An absent filter matches all.
 */
export type Filters = { readonly [name in FilterName]?: readonly string[] };

interface FilterRule {
  /** Describes the allowed values, for error messages. */
  readonly allowed: string;
  /** The same rule for a term as JSON Schema keywords, for the OpenAPI document. */
  readonly form: Readonly<Record<string, string | number | readonly string[]>>;
  /** Returns the normalized value, or `undefined` if it is not allowed. */
  readonly read: (text: string) => string | undefined;
  /** Whether `text*` is allowed, which matches a prefix. */
  readonly allowsPrefix: boolean;
  /** Whether `!text` is allowed, which excludes a value. */
  readonly allowsNegation: boolean;
}

const oneOf = (allowed: readonly string[]): FilterRule => ({
  allowed: `one of ${allowed.join(', ')}`,
  form: { enum: [...allowed, ...allowed.map((value) => `!${value}`)] },
  read: (text) => (allowed.includes(text.toUpperCase()) ? text.toUpperCase() : undefined),
  allowsPrefix: false,
  allowsNegation: true,
});

const marker = markerPattern.source;
const termPattern = `^!?(?!!)(?:${marker}|(?!${marker})(?:[^\\\\*,]|\\\\[*!,\\\\])){1,128}\\*?$`;

const anyText: FilterRule = {
  allowed: '1 to 128 characters; a redaction marker counts as one',
  form: { pattern: termPattern },
  read: (text) => (text !== '' && lengthOf(text) <= 128 ? text : undefined),
  allowsPrefix: true,
  allowsNegation: true,
};

/** The rule for the terms of each filter. */
export const filterRules: Readonly<Record<FilterName, FilterRule>> = {
  action: oneOf(actions),
  user: anyText,
  account: {
    allowed: 'a 12-digit AWS account ID',
    form: { pattern: '^!?\\d{12}$' },
    read: (text) => (/^\d{12}$/.test(text) ? text : undefined),
    allowsPrefix: false,
    allowsNegation: true,
  },
  region: {
    allowed: 'an AWS region name, such as eu-west-1',
    form: { pattern: regionName.source.replace('^', '^!?') },
    read: (text) => (isRegionName(text) ? text : undefined),
    allowsPrefix: false,
    allowsNegation: true,
  },
  resource: anyText,
  service: anyText,
  target: anyText,
  kind: oneOf(kinds),
  type: anyText,
  environment: anyText,
  verdict: oneOf(verdicts),
  disputed: {
    allowed: 'true, or left out; entries without disputes cannot be searched for',
    form: { enum: ['true'] },
    read: (text) => (text.toLowerCase() === 'true' ? 'true' : undefined),
    allowsPrefix: false,
    allowsNegation: false,
  },
};

/**
 * Parses the lists of terms that were given for a filter, and returns its canonical terms, sorted and distinct. Fails with
 * INVALID_PARAMETER, which names the filter, if a term is malformed, not allowed or not supported by this filter.
 */
export function readFilter(name: FilterName, lists: readonly string[]): readonly string[] {
  const terms = lists.flatMap(splitTerms).map((written) => {
    const reading = readFilterTerm(name, written);
    if ('problem' in reading) throw invalidParameter(name, reading.problem);
    return printTerm(reading.term);
  });
  const distinct = new Set(terms);
  if (distinct.size > maxFilterValues)
    throw invalidParameter(name, `must have at most ${maxFilterValues} values`);
  return [...distinct].sort();
}

/**
 * Returns the terms in canonical form, sorted and distinct. Keeps a term that the filter does not allow as it is written,
 * so that the API can say why.
 */
export function normalizeTerms(name: FilterName, terms: readonly string[]): readonly string[] {
  const normalized = terms.map((written) => {
    const reading = readFilterTerm(name, written);
    return 'term' in reading ? printTerm(reading.term) : written;
  });
  return [...new Set(normalized)].sort();
}

/** Returns the term with its normalized value, or why the filter does not allow it. */
export function readFilterTerm(name: FilterName, written: string): TermReading {
  const { allowed, read, allowsPrefix, allowsNegation } = filterRules[name];
  const reading = parseTerm(written);
  if ('problem' in reading) return { problem: `${reading.problem}; allowed: ${allowed}` };
  const { term } = reading;
  if (term.isPrefix && !allowsPrefix) return { problem: `does not support prefixes; allowed: ${allowed}` };
  if (term.isNegated && !allowsNegation) return { problem: `does not support negation; allowed: ${allowed}` };
  const text = read(term.text);
  return text === undefined ? { problem: `must be ${allowed}` } : { term: { ...term, text } };
}
