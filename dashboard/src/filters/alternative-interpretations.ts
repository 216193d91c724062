// Finds what a text can mean other than a resource name: a label, an account, a region, an environment, a user or the ID
// of a target.
import type { DirectoryQuery, ListItem } from '../../../client/client.ts';
import type { FilterName } from '../../../core/query/query.ts';
import { hasPrefix } from '../../../core/values/folded-text.ts';
import { findLabeledValue } from './free-text.ts';
import { type Directory, findPeople, type PeopleQuery } from './people.ts';
import type { FilterValue } from './tokens.ts';

export interface Interpretation extends FilterValue {
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

/** Returns what the text means without a lookup: a label such as Denied, or otherwise the ID of a target. */
export function findPlainMeanings(text: string): readonly Interpretation[] {
  const labeled = findLabeledValue(text);
  if (labeled !== undefined) return [labeled];
  return /^\S+$/.test(text) ? [plain('target', text)] : [];
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
