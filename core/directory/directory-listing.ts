// Answers one page of a directory request: the values that occur in the accounts that the caller can see, with the name
// and email address of each user.
import * as z from 'zod/mini';
import { type Caller, canSeeAccount } from '../access/caller.ts';
import { readCursor, writeCursor } from '../query/cursor-codec.ts';
import { TermSet } from '../query/term-set.ts';
import type { AccountRegion, DirectoryRead, DirectoryReader, FoundRow } from '../storage/ports.ts';
import { compareTerms, foldTerm, hasPrefix } from '../values/folded-text.ts';
import type { DirectoryQuery } from './directory-query.ts';
import { isRename } from './directory-rows.ts';
import { scanDirectory } from './directory-scan.ts';

/** A value that occurs in entries. */
export interface DirectoryValue {
  /** The value to filter by: a user ID, an account ID, a Region or a resource name. */
  readonly value: string;
  /** For users: the name and email address from the latest event that the directory has stored. */
  readonly name?: string | undefined;
  readonly email?: string | undefined;
}

/** One page of directory values. */
export interface DirectoryListing {
  /** Can be fewer than requested, or none, even if there are more pages. */
  readonly values: readonly DirectoryValue[];
  /** Continues directly after these values. `null` on the last page. */
  readonly nextCursor: string | null;
}

/** The rows of one user: ID, name and email address. */
const rowsPerUser = 3;

/** The maximum rows that one page reads, so that a page costs at most about 25 read units per account. */
const maxRowsPerPage = 1000;

const cursorSchema = z.strictObject({ p: z.string().check(z.minLength(1)) });

/**
 * Returns one page of the query's values for the caller. Fails with INVALID_CURSOR if the cursor belongs to another
 * query, and with STORE_UNAVAILABLE.
 */
export async function listDirectory(
  query: DirectoryQuery,
  caller: Caller,
  directory: DirectoryReader,
): Promise<DirectoryListing> {
  const scope = toCursorScope(query, caller);
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor, cursorSchema, scope).p;
  const { values, position } =
    query.list === 'users' || query.list === 'resources'
      ? await listRows(query.list, query, after, caller, directory)
      : listAccountsOrRegions(query.list, query, after, await readAccountRegions(query, caller, directory));
  return { values, nextCursor: position === undefined ? null : writeCursor({ p: position }, scope) };
}

/** Returns everything that determines which values are in the list. The page size can change. */
function toCursorScope({ list, prefix, accounts }: DirectoryQuery, caller: Caller): object {
  return {
    list,
    prefix: foldTerm(prefix),
    onlyAccounts: accounts ?? '*',
    organizationId: caller.organizationId,
    accounts: caller.accounts ?? '*',
  };
}

interface Listed {
  readonly values: readonly DirectoryValue[];
  /** Where the next page continues, or `undefined` on the last page. */
  readonly position: string | undefined;
}

async function listRows(
  field: DirectoryRead['field'],
  query: DirectoryQuery,
  after: string | undefined,
  caller: Caller,
  directory: DirectoryReader,
): Promise<Listed> {
  const { limit, prefix } = query;
  const accounts =
    limitedAccounts(query, caller) ?? (await readAccountRegions(query, caller, directory)).map(accountOf);
  const expectedRows = (limit + 1) * (field === 'users' ? rowsPerUser : 1);
  const scan = { field, accounts, prefix, after, expectedRows, isConsistent: false };
  const found = new Map<string, FoundRow>();
  let [position, rowsRead] = [after, 0];
  for await (const rows of scanDirectory(directory, caller.organizationId, scan)) {
    if (rowsRead++ === maxRowsPerPage) return { values: toValues(found), position };
    const [{ value }] = rows;
    if (!rows.some((row) => isListedEarlier(row, prefix) || isRename(row))) {
      const earlier = found.get(value);
      if (!earlier && found.size === limit) return { values: toValues(found), position };
      found.set(value, latestOf(earlier ? [earlier, ...rows] : rows));
    }
    position = rows[0].position;
  }
  return { values: toValues(found), position: undefined };
}

/**
 * Whether an earlier row already lists this row's user. The first row whose ID, name or email address has the prefix
 * lists the user. That row was written before this one, so no user is missing.
 */
function isListedEarlier({ field, term, value, name, email }: FoundRow, prefix: string): boolean {
  if (field !== 'users') return false;
  return [value, name, email].some(
    (other) => other !== undefined && compareTerms(other, term) < 0 && hasPrefix(other, prefix),
  );
}

function latestOf(rows: readonly [FoundRow, ...FoundRow[]]): FoundRow {
  return rows.reduce((latest, row) => ((row.seenAtMillis ?? 0) > (latest.seenAtMillis ?? 0) ? row : latest));
}

function toValues(found: ReadonlyMap<string, FoundRow>): DirectoryValue[] {
  return Array.from(found.values(), ({ value, name, email }) => ({ value, name, email }));
}

/** Reads all accounts or Regions, because there are few, and returns a page of the distinct values in order. */
function listAccountsOrRegions(
  list: 'accounts' | 'regions',
  { prefix, limit }: DirectoryQuery,
  after: string | undefined,
  pairs: readonly AccountRegion[],
): Listed {
  const seen = new Set(pairs.map((pair) => (list === 'accounts' ? pair.accountId : pair.region)));
  const rest = [...seen]
    .filter((value) => hasPrefix(value, prefix) && (after === undefined || value > after))
    .sort();
  const values = rest.slice(0, limit);
  return {
    values: values.map((value) => ({ value })),
    position: rest.length > limit ? values.at(-1) : undefined,
  };
}

const accountOf = ({ accountId }: AccountRegion) => accountId;

/** Returns the accounts to search, or `undefined` if they must be looked up. */
function limitedAccounts({ accounts }: DirectoryQuery, caller: Caller): readonly string[] | undefined {
  const terms = new TermSet(accounts);
  return (
    terms.allValues?.filter((id) => canSeeAccount(caller, id)) ??
    caller.accounts?.filter((id) => terms.accepts(id))
  );
}

async function readAccountRegions(
  query: DirectoryQuery,
  caller: Caller,
  directory: DirectoryReader,
): Promise<readonly AccountRegion[]> {
  const accounts = limitedAccounts(query, caller);
  if (accounts === undefined) {
    const terms = new TermSet(query.accounts);
    const all = await directory.listAccountRegions(caller.organizationId);
    return all.filter(({ accountId }) => terms.accepts(accountId));
  }
  const reads = accounts.map((id) => directory.listAccountRegions(caller.organizationId, id));
  return (await Promise.all(reads)).flat();
}
