// Tells a misspelt permission from one of another service, which role maps may name as well.
import { actions, kinds, neededPermission, readPermissions } from '../contract/vocabulary.ts';

const knownPermissions: readonly string[] = [
  ...kinds.flatMap((kind) => actions.map((action) => neededPermission(kind, action))),
  ...Object.values(readPermissions),
];

/** The actions of the permissions that this product knows, by kind. */
const knownActions = new Map<string, string[]>();
for (const [kind = '', action = ''] of knownPermissions.map((permission) => permission.split(':'))) {
  knownActions.set(kind, [...(knownActions.get(kind) ?? []), action]);
}

/** The known permission that a grant is one slip away from, in its kind or its action; `undefined` when it is none. */
export function suggestGrant(grant: string): string | undefined {
  const [kind = '', action = ''] = grant.split(':');
  const meantKind = correct(kind, [...knownActions.keys()]);
  const meant = `${meantKind}:${correct(action, knownActions.get(meantKind) ?? [])}`;
  return grant.includes(':') && meant !== grant ? meant : undefined;
}

/** The known word that the word is one slip away from; else the word itself. */
function correct(word: string, known: readonly string[]): string {
  return known.includes(word) ? word : (known.find((other) => isOneSlip(word, other)) ?? word);
}

/** Whether the words differ in one letter that is missing, added or wrong, or in two neighbours that changed places. */
function isOneSlip(word: string, other: string): boolean {
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
