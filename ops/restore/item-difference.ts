// Tells whether two items of one key say the same, of either table: of what the stack itself may change, nothing counts.
import { isDeepStrictEqual } from 'node:util';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { directoryAttributes, entryAttributes, viewExpiresAt } from '../../core/storage/table-attributes.ts';

export type Item = Record<string, AttributeValue>;

/** Entries are compared without their time of expiry; `'renewed'` is a user's row in the directory, seen at other times. */
export function compareItems(left: Item, right: Item): 'same' | 'renewed' | 'different' {
  if (isDeepStrictEqual(withoutExpiry(left), withoutExpiry(right))) return 'same';
  const areRenewable = isRenewable(left) && isRenewable(right);
  return areRenewable && isDeepStrictEqual(withoutRenewals(left), withoutRenewals(right))
    ? 'renewed'
    : 'different';
}

/** The item, and what lists show of it, without the time of expiry. */
export function withoutExpiry({ [entryAttributes.expiresAt]: _, ...item }: Item): Item {
  const view = item[entryAttributes.view]?.M;
  if (view === undefined) return item;
  const { [viewExpiresAt]: __, ...shown } = view;
  return { ...item, [entryAttributes.view]: { M: shown } };
}

const { sk, seenAt, term, name, email } = directoryAttributes;

/** Only rows with a time are replaced; see `replacementOf`. */
function isRenewable(item: Item): boolean {
  return item[sk] !== undefined && item[seenAt] !== undefined;
}

/** The term's key stays, its upper and lower case may not. */
function withoutRenewals({ [seenAt]: _, [term]: __, [name]: ___, [email]: ____, ...row }: Item): Item {
  return row;
}
