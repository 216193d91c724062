// What a text may mean that begins no resource's name: an account, a region, an environment or a person.
import type { DirectoryQuery, ListItem } from '../../../client/client.ts';
import type { FilterName } from '../../../core/query/query.ts';
import { hasPrefix } from '../../../core/values/folded-text.ts';
import { type Directory, findPeople, type PeopleQuery } from './people.ts';

export interface Interpretation {
  readonly name: FilterName;
  readonly value: string;
  /** The value as people know it. */
  readonly label: string;
}

/** What the directory has that begins with the text, `limit` of each kind at most. Fails as the API does. */
export async function findInterpretations(
  api: Directory,
  { text, account, limit }: PeopleQuery,
  signal: AbortSignal,
): Promise<readonly Interpretation[]> {
  const begun: DirectoryQuery = { prefix: text, limit };
  const inAccounts: DirectoryQuery = account === undefined ? begun : { ...begun, account: [...account] };
  const [accounts, regions, people] = await Promise.all([
    api.listDirectory('accounts', begun, { signal }),
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

/** Environments of these entries that begin with the text: the directory does not list any. */
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
