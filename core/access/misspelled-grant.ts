// Detects misspelled permissions in role maps. A permission of another service is valid and gets no suggestion.
import { actions, kinds, neededPermission, readPermissions } from '../contract/vocabulary.ts';

const ownPermissions: readonly string[] = [
  ...kinds.flatMap((kind) => actions.map((action) => neededPermission(kind, action))),
  ...Object.values(readPermissions),
];

/** Actions of this product's permissions, by kind. */
const actionsByKind = new Map<string, string[]>();
for (const [kind = '', action = ''] of ownPermissions.map((permission) => permission.split(':'))) {
  actionsByKind.set(kind, [...(actionsByKind.get(kind) ?? []), action]);
}

/**
 * Returns the permission that a grant probably means: its kind, its action or both have one typo. Otherwise
 * `undefined`.
 */
export function suggestGrant(grant: string): string | undefined {
  const [kind = '', action = ''] = grant.split(':');
  const suggestedKind = correct(kind, [...actionsByKind.keys()]);
  const suggestion = `${suggestedKind}:${correct(action, actionsByKind.get(suggestedKind) ?? [])}`;
  return grant.includes(':') && suggestion !== grant ? suggestion : undefined;
}

/** Returns the candidate that differs from the word by one typo, or else the word itself. */
function correct(word: string, candidates: readonly string[]): string {
  return candidates.includes(word) ? word : (candidates.find((other) => isOneTypo(word, other)) ?? word);
}

/** Whether the words differ by one missing, extra or wrong letter, or by two swapped adjacent letters. */
function isOneTypo(word: string, other: string): boolean {
  let start = 0;
  while (start < word.length && word[start] === other[start]) start++;
  let end = 0;
  const most = Math.min(word.length, other.length) - start;
  while (end < most && word.at(-1 - end) === other.at(-1 - end)) end++;
  const left = word.slice(start, word.length - end);
  const right = other.slice(start, other.length - end);
  if (left.length <= 1 && right.length <= 1) return left !== right;
  return left.length === 2 && left === [...right].reverse().join('');
}
