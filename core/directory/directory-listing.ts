// One page of the directory: values seen in the accounts that the caller may see, each with what is known of it.
import * as z from 'zod/mini';
import { type Caller, canSeeAccount } from '../access/caller.ts';
import { readCursor, writeCursor } from '../query/cursor-codec.ts';
import type { AccountRegion, DirectoryRead, DirectoryReader, FoundRow } from '../storage/ports.ts';
import { compareTerms, foldTerm, hasPrefix } from '../values/folded-text.ts';
import type { DirectoryQuery } from './directory-query.ts';
import { scanDirectory } from './directory-scan.ts';

export interface DirectoryValue {
  /** What a filter takes: a user id, an account id, a region or a resource name. */
  readonly value: string;
  /** Of users: name and e-mail address as the latest event told them that the found row knows of. */
  readonly name?: string | undefined;
  readonly email?: string | undefined;
}

export interface DirectoryListing {
  /** May be fewer than asked for, or none, while there are more. */
  readonly values: readonly DirectoryValue[];
  /** Continues exactly behind these values; `null` when there are no more. */
  readonly nextCursor: string | null;
}

/** Rows that stand for one user: id, name and e-mail address. */
const rowsOfUser = 3;

/** Rows that one page looks at, at most, so that none costs more than about 25 read units for each account. */
const maxRowsOfPage = 1000;

const cursorSchema = z.strictObject({ p: z.string().check(z.minLength(1)) });

/** Answers one page of the query for the caller. Fails with INVALID_CURSOR for another query's cursor. */
export async function listDirectory(
  query: DirectoryQuery,
  caller: Caller,
  directory: DirectoryReader,
): Promise<DirectoryListing> {
  const belongsTo = belongingOf(query, caller);
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor, cursorSchema, belongsTo).p;
  const { values, position } =
    query.list === 'users' || query.list === 'resources'
      ? await listRows(query.list, query, after, caller, directory)
      : listPairs(query.list, query, after, await readPairs(query, caller, directory));
  return { values, nextCursor: position === undefined ? null : writeCursor({ p: position }, belongsTo) };
}

/** Everything that decides which values are in the list; the page size may change. */
function belongingOf({ list, prefix, accounts }: DirectoryQuery, caller: Caller): object {
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
  /** Where the next page goes on; `undefined` when nothing is left. */
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
    limitedAccounts(query, caller) ?? (await readPairs(query, caller, directory)).map(accountOf);
  const wanted = (limit + 1) * (field === 'users' ? rowsOfUser : 1);
  const scan = { field, accounts, prefix, after, wanted, isConsistent: false };
  const found = new Map<string, FoundRow>();
  let [position, looked] = [after, 0];
  for await (const rows of scanDirectory(directory, caller.organizationId, scan)) {
    if (looked++ === maxRowsOfPage) return { values: toValues(found), position };
    const [{ value }] = rows;
    if (!rows.some((row) => isFoundBefore(row, prefix))) {
      const known = found.get(value);
      if (!known && found.size === limit) return { values: toValues(found), position };
      found.set(value, latestOf(known ? [known, ...rows] : rows));
    }
    position = rows[0].position;
  }
  return { values: toValues(found), position: undefined };
}

/**
 * Whether a row before this one lists its user: the first of id, name and e-mail address that begins with the
 * prefix does. It was written before this one, so no user is left out.
 */
function isFoundBefore({ field, term, value, name, email }: FoundRow, prefix: string): boolean {
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

/** Accounts and regions are few: all are read, distinct and in order. */
function listPairs(
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

/** The accounts to look into; `undefined` means all of the organisation's. */
function limitedAccounts({ accounts }: DirectoryQuery, caller: Caller): readonly string[] | undefined {
  return accounts?.filter((id) => canSeeAccount(caller, id)) ?? caller.accounts;
}

async function readPairs(
  query: DirectoryQuery,
  caller: Caller,
  directory: DirectoryReader,
): Promise<readonly AccountRegion[]> {
  const accounts = limitedAccounts(query, caller);
  if (accounts === undefined) return directory.listAccountRegions(caller.organizationId);
  const reads = accounts.map((id) => directory.listAccountRegions(caller.organizationId, id));
  return (await Promise.all(reads)).flat();
}
