// Defines the filters of a list request: their names, the values that each allows, and what each supports of the
// grammar. To add a filter, start here.
import { isRegionName, regionName } from '../contract/region.ts';
import { lengthOf } from '../contract/text-length.ts';
import { actions, actorTypes, kinds, verdicts } from '../contract/vocabulary.ts';
import { hasMarker, markerPattern } from '../redaction/text/markers.ts';
import { invalidParameter } from '../values/errors.ts';
import { ipRangeForm, parseIpRange } from '../values/ip-address.ts';
import { parseTerm, printTerm, splitTerms, type TermReading } from './filter-grammar.ts';
import { parsePathPattern, pathForm, printPathPattern } from './path-pattern.ts';

/** The maximum number of values of a filter. Each value can be a separate partition to read. */
export const maxFilterValues = 50;

/**
 * The filters on what only the full entry contains. A search reads the entries that all other filters match, unless the
 * list view already shows that an entry cannot match.
 */
export const detailFilterNames = [
  'changed',
  'changedFrom',
  'changedTo',
  'reason',
  'ip',
  'requestId',
  'traceId',
  'workRef',
] as const;

export type DetailFilterName = (typeof detailFilterNames)[number];

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
  'actorType',
  ...detailFilterNames,
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
  /** The maximum length of a value, in characters, if it is any text. */
  readonly maxLength?: number;
  /** Whether `text*` is allowed, which matches a prefix. */
  readonly allowsPrefix: boolean;
  /** Whether `!text` is allowed, which excludes a value. */
  readonly allowsNegation: boolean;
}

/** One of the values, in any case. */
const oneOf = (allowed: readonly string[]): FilterRule => ({
  allowed: `one of ${allowed.join(', ')}`,
  form: { enum: [...allowed, ...allowed.map((value) => `!${value}`)] },
  read: (text) => allowed.find((value) => value.toUpperCase() === text.toUpperCase()),
  allowsPrefix: false,
  allowsNegation: true,
});

const marker = markerPattern.source;

/** The pattern of the text of a term with at most this many characters. */
const textPattern = (maxLength: number) =>
  `(?:${marker}|(?!${marker})(?:[^\\\\*,]|\\\\[*!,\\\\])){1,${maxLength}}`;

const textOf = (maxLength: number): FilterRule => ({
  allowed: `1 to ${maxLength} characters; a redaction marker counts as one`,
  form: { pattern: `^!?(?!!)${textPattern(maxLength)}\\*?$` },
  read: (text) => (text !== '' && lengthOf(text) <= maxLength ? text : undefined),
  maxLength,
  allowsPrefix: true,
  allowsNegation: true,
});

const anyText = textOf(128);

/** A value before or after a change. A marker says nothing about the value that it replaces. */
const changedValue: FilterRule = {
  allowed: 'a value of 1 to 256 characters without a redaction marker',
  form: { pattern: `^(?!!)${textPattern(256)}$` },
  read: (text) => (lengthOf(text) <= 256 && !hasMarker(text) ? text : undefined),
  allowsPrefix: false,
  allowsNegation: false,
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
  actorType: oneOf(actorTypes),
  changed: {
    allowed: 'a path of 1 to 512 characters, such as instanceClass, ingress.* or environment.LOG_LEVEL',
    form: { pattern: pathForm, maxLength: 512 },
    read: (text) => ([...text].length <= 512 ? text : undefined),
    allowsPrefix: false,
    allowsNegation: true,
  },
  changedFrom: changedValue,
  changedTo: changedValue,
  reason: {
    allowed: 'words of 1 to 256 characters in total, with at least one letter or digit',
    form: { pattern: `^(?=[\\s\\S]*[\\p{L}\\p{N}])!?(?!!)${textPattern(256)}$` },
    read: (text) => (lengthOf(text) <= 256 && /[\p{L}\p{N}]/u.test(text) ? text : undefined),
    allowsPrefix: false,
    allowsNegation: true,
  },
  ip: {
    allowed: 'an IP address or a CIDR block, such as 203.0.113.24 or 10.0.0.0/8',
    form: { pattern: `^!?${ipRangeForm}$` },
    read: (text) => (parseIpRange(text) === undefined ? undefined : text.toLowerCase()),
    allowsPrefix: false,
    allowsNegation: true,
  },
  requestId: textOf(256),
  traceId: textOf(256),
  workRef: textOf(512),
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
    const reading = toCanonicalTerm(name, written);
    if ('problem' in reading) throw invalidParameter(name, reading.problem);
    return reading.canonical;
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
    const reading = toCanonicalTerm(name, written);
    return 'canonical' in reading ? reading.canonical : written;
  });
  return [...new Set(normalized)].sort();
}

type CanonicalReading = { readonly canonical: string } | { readonly problem: string };

/** Returns the canonical form of a term, or why the filter does not allow it. */
function toCanonicalTerm(name: FilterName, written: string): CanonicalReading {
  if (name === 'changed') return toCanonicalPath(written);
  const reading = readFilterTerm(name, written);
  return 'term' in reading ? { canonical: printTerm(reading.term) } : reading;
}

/** A path has a grammar of its own: `*` stands for a key, and dots separate keys. */
function toCanonicalPath(written: string): CanonicalReading {
  const { allowed, read } = filterRules.changed;
  if (read(written) === undefined) return { problem: `must be ${allowed}` };
  const reading = parsePathPattern(written);
  if ('problem' in reading) return { problem: `${reading.problem}; allowed: ${allowed}` };
  return { canonical: printPathPattern(reading.pattern) };
}

/** Returns the term with its normalized value, or why the filter does not allow it. */
function readFilterTerm(name: FilterName, written: string): TermReading {
  const { allowed, read, allowsPrefix, allowsNegation } = filterRules[name];
  const reading = parseTerm(written);
  if ('problem' in reading) return { problem: `${reading.problem}; allowed: ${allowed}` };
  const { term } = reading;
  if (term.isPrefix && !allowsPrefix) return { problem: `does not support prefixes; allowed: ${allowed}` };
  if (term.isNegated && !allowsNegation) return { problem: `does not support negation; allowed: ${allowed}` };
  const text = read(term.text);
  return text === undefined ? { problem: `must be ${allowed}` } : { term: { ...term, text } };
}
