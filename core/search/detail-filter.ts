// Decides whether an entry matches the filters on its details, with the differences that the entry shows. They are
// redacted, so no filter can find a secret. Reads nothing: detail-search.ts reads the entries.
import { includesEveryone } from '../changes/exposure.ts';
import { type LeafChange, listLeaves } from '../changes/leaf-changes.ts';
import { compareStates, type StateChange } from '../changes/state-comparison.ts';
import type { EntryHead, ListItem, LogEntry } from '../entry/entry.ts';
import { readTerm } from '../query/filter-grammar.ts';
import { detailFilterNames, type Filters } from '../query/filters.ts';
import { matchesPath, type PathPattern, readPathPattern } from '../query/path-pattern.ts';
import { TermSet } from '../query/term-set.ts';
import { hasMarker, splitAtMarkers } from '../redaction/text/markers.ts';
import { toJsonText } from '../values/exact-number.ts';
import { wordsOf } from '../values/folded-text.ts';
import { includesRange, parseIpRange } from '../values/ip-address.ts';
import type { JsonValue } from '../values/json.ts';

/** The maximum total length of the paths of an entry's differences, in characters. Longer ones are not searched. */
const maxPathCharacters = 10_000_000;

type HeadTest = (head: EntryHead) => boolean;

/** The filters on details of one query. */
export class DetailFilter {
  readonly #headTests: readonly HeadTest[];
  readonly #changes: ChangeTest | undefined;

  /** Returns the filter, or `undefined` if the query does not filter details. */
  static of(filters: Filters): DetailFilter | undefined {
    return detailFilterNames.some((name) => filters[name] !== undefined)
      ? new DetailFilter(filters)
      : undefined;
  }

  private constructor(filters: Filters) {
    this.#headTests = makeHeadTests(filters);
    this.#changes = ChangeTest.of(filters);
  }

  /** Whether `accepts` needs the states of an entry. Otherwise, its head is enough. */
  get needsStates(): boolean {
    return this.#changes !== undefined;
  }

  /** Whether the entry matches, or `undefined` if the list view does not show it. */
  decide(item: ListItem): boolean | undefined {
    const leaves = this.#changes && listKnownLeaves(item);
    const isChangeMatch = this.#changes === undefined || (leaves && this.#changes.accepts(leaves));
    if (isChangeMatch === false) return false;
    return this.#headTests.length === 0 ? isChangeMatch : undefined;
  }

  /** Whether the head of the entry matches. */
  acceptsHead(head: EntryHead): boolean {
    return this.#headTests.every((test) => test(head));
  }

  /** Whether the states of the entry match, or `undefined` if they have too many differences to be searched. */
  acceptsStates({ before, after }: Pick<LogEntry, 'before' | 'after'>): boolean | undefined {
    if (this.#changes === undefined) return true;
    const changes = compareStates(before, after);
    let characters = 0;
    for (const { change } of changes) characters += change.path.length;
    if (characters > maxPathCharacters) return undefined;
    return this.#changes.accepts(listAll(changes.map(({ change }) => change)));
  }
}

function makeHeadTests(filters: Filters): HeadTest[] {
  const tests: HeadTest[] = [];
  const { reason, ip, requestId, traceId, workRef } = filters;
  if (reason !== undefined) {
    const test = makeTermTest(reason, (text) => {
      const wanted = wordsOf(text);
      return (words: ReadonlySet<string>) => wanted.every((word) => words.has(word));
    });
    tests.push((head) => test(new Set(wordsOf(withoutMarkers(head.reason ?? '')))));
  }
  if (ip !== undefined) {
    const test = makeTermTest(ip, (text) => {
      const block = parseIpRange(text);
      return (address: string | undefined) => {
        const range = address === undefined ? undefined : parseIpRange(address);
        return block !== undefined && range !== undefined && includesRange(block, range);
      };
    });
    tests.push((head) => test(head.user.sourceIp));
  }
  const texts: readonly [
    readonly string[] | undefined,
    (head: EntryHead) => readonly (string | undefined)[],
  ][] = [
    [requestId, (head) => [head.requestId, ...(head.awsRequestIds ?? [])]],
    [traceId, (head) => [head.traceId]],
    [workRef, (head) => [head.workRef]],
  ];
  for (const [terms, valuesOf] of texts) {
    if (terms === undefined) continue;
    const set = new TermSet(terms);
    tests.push((head) => set.acceptsOneOf(valuesOf(head)));
  }
  return tests;
}

/** Combines the tests of a filter's terms: one of the positive ones, if there are any, and none of the negated ones. */
function makeTermTest<T>(
  terms: readonly string[],
  makeTest: (text: string) => (value: T) => boolean,
): (value: T) => boolean {
  const read = terms.map(readTerm).map(({ text, isNegated }) => ({ isNegated, test: makeTest(text) }));
  const included = read.filter(({ isNegated }) => !isNegated);
  const excluded = read.filter(({ isNegated }) => isNegated);
  return (value) =>
    (included.length === 0 || included.some(({ test }) => test(value))) &&
    !excluded.some(({ test }) => test(value));
}

/** A marker is no word of the reason. */
function withoutMarkers(text: string): string {
  return splitAtMarkers(text)
    .filter((_, place) => place % 2 === 0)
    .join(' ');
}

/** The filters `changed`, `changedFrom` and `changedTo`, which one and the same change must match. */
class ChangeTest {
  readonly #included: readonly PathPattern[];
  readonly #excluded: readonly PathPattern[];
  readonly #from: ReadonlySet<string> | undefined;
  readonly #to: ReadonlySet<string> | undefined;

  static of(filters: Filters): ChangeTest | undefined {
    const { changed, changedFrom, changedTo } = filters;
    return changed || changedFrom || changedTo ? new ChangeTest(filters) : undefined;
  }

  private constructor({ changed = [], changedFrom, changedTo }: Filters) {
    const patterns = changed.map(readPathPattern);
    this.#included = patterns.filter(({ isNegated }) => !isNegated);
    this.#excluded = patterns.filter(({ isNegated }) => isNegated);
    this.#from = changedFrom && new Set(changedFrom.map((term) => readTerm(term).text));
    this.#to = changedTo && new Set(changedTo.map((term) => readTerm(term).text));
  }

  accepts(leaves: Iterable<LeafChange>): boolean {
    let isFound = this.#included.length === 0 && this.#from === undefined && this.#to === undefined;
    for (const leaf of leaves) {
      if (this.#excluded.some((pattern) => matchesPath(pattern, leaf.keys))) return false;
      isFound ||= this.#isIncluded(leaf);
      if (isFound && this.#excluded.length === 0) return true;
    }
    return isFound;
  }

  #isIncluded({ keys, before, after }: LeafChange): boolean {
    return (
      (this.#included.length === 0 || this.#included.some((pattern) => matchesPath(pattern, keys))) &&
      isOneOf(before, this.#from) &&
      isOneOf(after, this.#to)
    );
  }
}

/**
 * Compares a value as text: a string by itself, anything else as JSON, with numbers as they were written. A redacted
 * value equals nothing.
 */
function isOneOf(value: JsonValue | undefined, texts: ReadonlySet<string> | undefined): boolean {
  if (texts === undefined) return true;
  if (value === undefined) return false;
  const text = typeof value === 'string' ? value : toJsonText(value);
  return texts.has(text) && !hasMarker(text);
}

function* listAll(changes: readonly StateChange[]): Generator<LeafChange> {
  for (const change of changes) yield* listLeaves(change);
}

/** Returns all changed values of an entry, or `undefined` if its list view does not show them all. */
function listKnownLeaves({ action, changeCount, highlights }: ListItem): LeafChange[] | undefined {
  if (action !== 'UPDATE' || changeCount === 0) return [];
  return highlights.length === changeCount && highlights.every(isComplete)
    ? [...listAll(highlights)]
    : undefined;
}

/** Whether a highlight shows its values without shortening them. Opened access can be shortened to a part. */
function isComplete({ op, before, after }: StateChange): boolean {
  if (op === 'reorder') return true;
  const hasValues = (op === 'add' || before !== undefined) && (op === 'remove' || after !== undefined);
  return hasValues && !JSON.stringify([before, after]).includes('…') && !includesEveryone(after);
}
