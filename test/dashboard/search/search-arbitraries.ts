// Arbitrary searches for property tests.
import fc from 'fast-check';
import { splitTerms } from '../../../core/query/filter-grammar.ts';
import { type FilterName, filterNames, normalizeTerms } from '../../../core/query/filters.ts';
import { rangeUnits, type Search } from '../../../dashboard/src/search/search.ts';

/** Terms and what is not a term: with spaces at the ends, and every character with a meaning in the grammar. */
const text = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }),
  fc.string({ unit: fc.constantFrom('a', ' ', ',', '\\', '*', '!'), minLength: 1, maxLength: 6 }),
);

/** Filters as the page keeps them: normalized, sorted and deduplicated. */
export const filters = fc
  .uniqueArray(fc.constantFrom(...filterNames), { maxLength: 4 })
  .chain((names) =>
    fc.tuple(
      ...names.map((name) => fc.tuple(fc.constant(name), fc.array(text, { minLength: 1, maxLength: 3 }))),
    ),
  )
  .map((pairs: [FilterName, string[]][]) =>
    Object.fromEntries(pairs.map(([name, lists]) => [name, normalizeTerms(name, lists.flatMap(splitTerms))])),
  );

const instant = fc
  .date({ min: new Date('1970-01-02'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());

export const range = fc.oneof(
  fc.constant({ type: 'any' } as const),
  fc.constantFrom(
    { type: 'unreadable', last: '3x' } as const,
    { type: 'unreadable', last: '7d', from: '2026-11-01' } as const,
  ),
  fc.record({
    type: fc.constant('last' as const),
    amount: fc.integer({ min: 1, max: 99_999 }),
    unit: fc.constantFrom(...rangeUnits),
  }),
  fc
    .record({ from: fc.option(instant, { nil: undefined }), to: fc.option(instant, { nil: undefined }) })
    .filter(({ from, to }) => from !== undefined || to !== undefined)
    .map(({ from, to }) => ({
      type: 'between' as const,
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
    })),
);

const recorded = fc.constantFrom(
  {},
  { recorded: { recordedFrom: '2026-11-05' } },
  { recorded: { recordedFrom: '2026-11-05', recordedTo: '2026-11-05T16:40:51Z' } },
);

export const search: fc.Arbitrary<Search> = fc
  .record({
    filters,
    range,
    order: fc.constantFrom('asc' as const, 'desc' as const),
  })
  .chain((given) => recorded.map((bounds) => ({ ...given, ...bounds })))
  .chain((given) => fc.constantFrom(given, { ...given, groupBy: 'target' as const }));
