// Finds out what a free text means if it is not the beginning of a name: a label such as Denied, or a user.
import { lengthOf } from '../../../core/contract/text-length.ts';
import { foldTerm } from '../../../core/values/folded-text.ts';
import { type Directory, findPersonByText, type PeopleQuery } from './people.ts';
import { fixedOptions } from './properties.ts';
import type { FilterValue } from './tokens.ts';

/** Maximum length of a directory prefix, in characters. */
const maxTextLength = 128;

/** Other words for values, as the page uses them. */
const otherWords: Readonly<Record<string, string>> = {
  created: 'create',
  updated: 'update',
  deleted: 'delete',
};

/** Returns the action, verdict, kind or type with this name or label, if there is one. */
export function findLabeledValue(text: string): (FilterValue & { readonly label: string }) | undefined {
  const folded = foldTerm(text.trim());
  const word = otherWords[folded] ?? folded;
  const found = fixedOptions.find(({ value, label }) => [value, label].some((one) => foldTerm(one) === word));
  return found && { name: found.name, value: found.value, label: found.label };
}

/**
 * Returns the filter value that a free text stands for. `undefined` if a name begins with the text, or if it is neither a
 * label nor a user. Rejects with the API's error.
 */
export async function interpretFreeText(
  api: Directory,
  { text, account }: Pick<PeopleQuery, 'text' | 'account'>,
  signal: AbortSignal,
): Promise<FilterValue | undefined> {
  if (text.endsWith('*') || lengthOf(text) > maxTextLength) return undefined;
  const labeled = findLabeledValue(text);
  const [resources, user] = await Promise.all([
    api.listDirectory('resources', { prefix: text, limit: 1 }, { signal }),
    labeled === undefined ? findPersonByText(api, { text, account }, signal) : undefined,
  ]);
  if (resources.values.length > 0) return undefined;
  if (labeled !== undefined) return { name: labeled.name, value: labeled.value };
  return user === undefined ? undefined : { name: 'user', value: user };
}
