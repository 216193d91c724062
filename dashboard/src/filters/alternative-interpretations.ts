// Finds what a text can mean other than a resource name: an account, a region, an environment or a user.
import type { DirectoryQuery, ListItem } from '../../../client/client.ts';
import type { FilterName } from '../../../core/query/query.ts';
import { hasPrefix } from '../../../core/values/folded-text.ts';
import { type Directory, findPeople, type PeopleQuery } from './people.ts';

export interface Interpretation {
  readonly name: FilterName;
  readonly value: string;
  /** The value as shown to the user. */
  readonly label: string;
}

/** Finds directory values that begin with the text, up to `limit` of each kind. Rejects with the API's error. */
export async function findInterpretations(
  api: Directory,
  { text, account, limit }: PeopleQuery,
  signal: AbortSignal,
): Promise<readonly Interpretation[]> {
  const withPrefix: DirectoryQuery = { prefix: text, limit };
  const inAccounts: DirectoryQuery =
    account === undefined ? withPrefix : { ...withPrefix, account: [...account] };
  const [accounts, regions, people] = await Promise.all([
    api.listDirectory('accounts', withPrefix, { signal }),
    api.listDirectory('regions', inAccounts, { signal }),
    findPeople(api, { text, account, limit }, signal),
  ]);
  return [
    ...accounts.values.map(({ value }) => plain('account', value)),
    ...regions.values.map(({ value }) => plain('region', value)),
    ...people.map(({ value, name }): Interpretation => {
      return { name: 'user', value, label: name === undefined ? value : `${name} (${value})` };
    }),
  ];
}

/** Finds environments of these entries that begin with the text. The directory does not list environments. */
export function findEnvironments(
  items: readonly Pick<ListItem, 'environment'>[],
  text: string,
): Interpretation[] {
  const seen = new Set(items.flatMap(({ environment }) => environment ?? []));
  return [...seen]
    .filter((environment) => hasPrefix(environment, text))
    .sort()
    .map((environment) => plain('environment', environment));
}

function plain(name: FilterName, value: string): Interpretation {
  return { name, value, label: value };
}
