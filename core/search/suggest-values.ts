// Suggests other spellings for a page with few entries or none: from the entries that the search skipped, and, for users
// and names, from the directory within the accounts that the caller can see.
import type { Caller } from '../access/caller.ts';
import { isRename } from '../directory/directory-rows.ts';
import type { ListItem } from '../entry/entry.ts';
import type { Query } from '../query/query.ts';
import { TermSet } from '../query/term-set.ts';
import type { DirectoryReader, FoundRow, Meter } from '../storage/ports.ts';
import { describeDifference, foldSpelling, isNearMatch, type SuggestionReason } from './near-matches.ts';
import {
  listIncludedValues,
  type NearMissCollector,
  type SpelledFilter,
  type Suggestion,
  toSuggestion,
} from './near-miss-collector.ts';

/** The maximum number of suggestions of a page. */
export const maxSuggestions = 10;

/** The maximum number of directory Queries, at half a read unit each. Accounts and values beyond are not looked up. */
export const maxSuggestionReads = 32;

/** Rows to read for a value. Equal spellings sort first. */
const rowsPerValue = 25;

/** The list of the directory that contains the values of a filter. */
const directoryFields = { user: 'users', resource: 'resources', service: 'resources' } as const;

/**
 * Returns suggestions for a page that is not full: other spellings of the query's exact values, and later names of
 * resources. Reads the directory only for a first page: completely if it is empty, otherwise for later names in the
 * accounts of its entries. Fails with STORE_UNAVAILABLE.
 */
export async function suggestValues(
  query: Query,
  caller: Caller,
  items: readonly ListItem[],
  collector: NearMissCollector,
  directory: DirectoryReader,
  meter: Meter,
): Promise<readonly Suggestion[]> {
  const listed =
    query.cursor !== undefined
      ? []
      : items.length === 0
        ? await searchDirectory(query, caller, directory, meter)
        : await findRenames(query, items, caller, directory, meter);
  const distinct = new Map<string, Suggestion>();
  for (const one of [...collector.suggestions, ...listed]) {
    const key = `${one.parameter} ${one.value} ${one.suggestion}`;
    if (!distinct.has(key)) distinct.set(key, one);
  }
  return [...distinct.values()].sort(compareSuggestions).slice(0, maxSuggestions);
}

function compareSuggestions(left: Suggestion, right: Suggestion): number {
  const [a, b] = [left, right].map(({ parameter, value, suggestion }) =>
    [parameter, value, suggestion].join('\0'),
  );
  return (a as string) < (b as string) ? -1 : 1;
}

async function searchDirectory(
  query: Query,
  caller: Caller,
  directory: DirectoryReader,
  meter: Meter,
): Promise<Suggestion[]> {
  const lookups = (Object.keys(directoryFields) as (keyof typeof directoryFields)[]).flatMap((parameter) =>
    listIncludedValues(query.filters[parameter])
      .filter((value) => foldSpelling(value) !== '')
      .map((value) => ({ parameter, value })),
  );
  if (lookups.length === 0) return [];
  const accounts = (await listAccounts(query, caller, directory, meter)).slice(0, maxSuggestionReads);
  if (accounts.length === 0) return [];
  const reads = lookups
    .slice(0, Math.floor(maxSuggestionReads / accounts.length))
    .flatMap(({ parameter, value }) => accounts.map((accountId) => ({ parameter, value, accountId })));
  const found = await Promise.all(
    reads.map(async ({ parameter, value, accountId }) => {
      const { rows } = await directory.listValues(caller.organizationId, {
        field: directoryFields[parameter],
        accountId,
        prefix: value.trim(),
        limit: rowsPerValue,
        isConsistent: false,
        meter,
      });
      const terms = new TermSet(query.filters[parameter]);
      return rows
        .filter((row) => !terms.excludes(row.value))
        .flatMap((row) => readRow(parameter, value, row) ?? []);
    }),
  );
  return found.flat();
}

/** Returns the later names of what the query names and the page contains. */
async function findRenames(
  { filters }: Query,
  items: readonly ListItem[],
  { organizationId }: Caller,
  directory: DirectoryReader,
  meter: Meter,
): Promise<Suggestion[]> {
  const terms = new TermSet(filters.resource);
  const given = new Set(listIncludedValues(filters.resource));
  const places = new Map(
    items
      .filter(({ target }) => given.has(target.name))
      .map(({ accountId, target }) => [`${accountId} ${target.name}`, { accountId, name: target.name }]),
  );
  const found = await Promise.all(
    [...places.values()].slice(0, maxSuggestionReads).map(async ({ accountId, name }) => {
      const read = { field: 'resources', accountId, prefix: name, limit: rowsPerValue } as const;
      const { rows } = await directory.listValues(organizationId, { ...read, isConsistent: false, meter });
      return rows
        .filter((row) => row.term === name && isRename(row))
        .filter(({ value }) => !terms.accepts(value) && !terms.excludes(value))
        .map(({ value }) => toSuggestion('resource', name, value, 'RENAMED'));
    }),
  );
  return found.flat();
}

/** Returns the accounts to look in: those of the query that the caller can see. */
async function listAccounts(
  { filters }: Query,
  caller: Caller,
  directory: DirectoryReader,
  meter: Meter,
): Promise<readonly string[]> {
  const account = new TermSet(filters.account);
  const known = caller.accounts ?? account.allValues;
  if (known !== undefined) return known.filter((id) => account.accepts(id));
  const pairs = await directory.listAccountRegions(caller.organizationId, undefined, meter);
  return [...new Set(pairs.map(({ accountId }) => accountId))].filter((id) => account.accepts(id));
}

function readRow(parameter: SpelledFilter, given: string, row: FoundRow): Suggestion | undefined {
  const { term, value } = row;
  if (value === given || foldSpelling(term) !== foldSpelling(given)) return undefined;
  const reason = isNearMatch(given, value) ? describeDifference(given, value) : describeTerm(row);
  return toSuggestion(parameter, given, value, reason);
}

/** Returns what the term is: an e-mail address or a name that the user has or had, or a former name of a resource. */
function describeTerm({ field, term, email }: FoundRow): SuggestionReason {
  if (field === 'resources') return 'RENAMED';
  return term === email || term.includes('@') ? 'USER_EMAIL' : 'USER_NAME';
}
