// Parses and validates a directory request. An invalid parameter fails with INVALID_PARAMETER, and the message names
// the parameter and the allowed values.
import { lengthOf } from '../contract/text-length.ts';
import { parseQuery } from '../query/query.ts';
import { invalidParameter } from '../values/errors.ts';

/** The lists of the directory. */
export const directoryListNames = ['users', 'accounts', 'regions', 'resources'] as const;

export type DirectoryListName = (typeof directoryListNames)[number];

/** The maximum length of a prefix, in characters. */
export const maxPrefixLength = 128;

/** A parsed directory request. */
export interface DirectoryQuery {
  readonly list: DirectoryListName;
  /** The prefix of the value, or of a user's name or email address (`hasPrefix`). Empty matches all. */
  readonly prefix: string;
  /** Terms of the filter `account`: only values that occur in accounts that they accept. `undefined` means all. */
  readonly accounts?: readonly string[] | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Returns the parameters of a request for this list. */
export function directoryParameterNames(list: DirectoryListName): readonly string[] {
  return list === 'accounts' ? ['prefix', 'limit', 'cursor'] : ['prefix', 'account', 'limit', 'cursor'];
}

/** Parses the list name from the path, and the raw query string. Fails with INVALID_PARAMETER. */
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
  if (lengthOf(prefix) > maxPrefixLength) {
    throw invalidParameter('prefix', `must have at most ${maxPrefixLength} characters`);
  }
  parameters.delete('prefix');
  const { filters, limit, cursor } = parseQuery(parameters.toString());
  return { list, prefix, accounts: filters.account, limit, cursor };
}
