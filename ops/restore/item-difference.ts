// Compares two items of a table that have the same key. Ignores attributes that the stack changes over time.
import { isDeepStrictEqual } from 'node:util';
import { directoryAttributes, entryAttributes, viewExpiresAt } from '../../core/storage/table-attributes.ts';

/** An item as the document client returns it. */
export type Item = Readonly<Record<string, unknown>>;

/**
 * Compares entries without their expiry time. Returns `'renewed'` for a directory row of a user that differs
 * only in its last renewal.
 */
export function compareItems(left: Item, right: Item): 'same' | 'renewed' | 'different' {
  if (isDeepStrictEqual(withoutExpiry(left), withoutExpiry(right))) return 'same';
  const areRenewable = isRenewable(left) && isRenewable(right);
  return areRenewable && isDeepStrictEqual(withoutRenewals(left), withoutRenewals(right))
    ? 'renewed'
    : 'different';
}

/** Removes the expiry time from the item and from its list view. */
export function withoutExpiry({ [entryAttributes.expiresAt]: _, ...item }: Item): Item {
  const view = item[entryAttributes.view];
  if (typeof view !== 'object' || view === null) return item;
  const { [viewExpiresAt]: __, ...shown } = view as Item;
  return { ...item, [entryAttributes.view]: shown };
}

const { sk, seenAt, term, name, email } = directoryAttributes;

/** Only rows with a time are replaced. See `replacementOf`. */
function isRenewable(item: Item): boolean {
  return item[sk] !== undefined && item[seenAt] !== undefined;
}

/** The key of a term never changes, but its capitalization can. */
function withoutRenewals({ [seenAt]: _, [term]: __, [name]: ___, [email]: ____, ...row }: Item): Item {
  return row;
}
