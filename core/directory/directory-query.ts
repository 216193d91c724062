// The query of a directory request: which values, and what they begin with. Callers' mistakes fail with
// INVALID_PARAMETER, naming the parameter and what is allowed.
import { parseQuery } from '../query/query.ts';
import { invalidParameter } from '../values/errors.ts';

/** What the directory lists. */
export const directoryListNames = ['users', 'accounts', 'regions', 'resources'] as const;

export type DirectoryListName = (typeof directoryListNames)[number];

export const maxPrefixLength = 128;

export interface DirectoryQuery {
  readonly list: DirectoryListName;
  /** What a value, or a user's name or e-mail address, begins with (`hasPrefix`); empty for all. */
  readonly prefix: string;
  /** Only what was seen in these accounts; `undefined` means all that the caller may see. */
  readonly accounts?: readonly string[] | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Every parameter of a request for this list. */
export function directoryParameterNames(list: DirectoryListName): readonly string[] {
  return list === 'accounts' ? ['prefix', 'limit', 'cursor'] : ['prefix', 'account', 'limit', 'cursor'];
}

/** Reads the list's name from the path and the raw query string. */
export function parseDirectoryQuery(listName: string | undefined, rawQueryString: string): DirectoryQuery {
  const list = directoryListNames.find((name) => name === listName);
  if (list === undefined) throw invalidParameter('field', `must be one of ${directoryListNames.join(', ')}`);
  const allowed = directoryParameterNames(list);
  const parameters = new URLSearchParams(rawQueryString);
  for (const name of parameters.keys()) {
    if (!allowed.includes(name)) {
      throw invalidParameter(
        name.slice(0, 64),
        `is not a parameter of ${list}; allowed parameters are ${allowed.join(', ')}`,
      );
    }
  }
  const [prefix = '', ...more] = parameters.getAll('prefix');
  if (more.length > 0) throw invalidParameter('prefix', 'must be specified only once');
  if (prefix.length > maxPrefixLength) {
    throw invalidParameter('prefix', `must have at most ${maxPrefixLength} characters`);
  }
  parameters.delete('prefix');
  const { filters, limit, cursor } = parseQuery(parameters.toString());
  return { list, prefix, accounts: filters.account, limit, cursor };
}
