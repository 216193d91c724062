// Compares two items of a table that have the same key. Ignores attributes that the stack changes over time.
import { isDeepStrictEqual } from 'node:util';
import { isWriteCountPartitionKey } from '../../core/storage/keys.ts';
import { directoryAttributes, entryAttributes, viewExpiresAt } from '../../core/storage/table-attributes.ts';

/** An item as the document client returns it. */
export type Item = Readonly<Record<string, unknown>>;

/**
 * Compares entries without their expiry time. Returns `'renewed'` for a directory row of a user that differs
 * only in its last renewal, and for a counter of writes.
 */
export function compareItems(left: Item, right: Item): 'same' | 'renewed' | 'different' {
  if (isDeepStrictEqual(withoutExpiry(left), withoutExpiry(right))) return 'same';
  if (left[sk] !== undefined && isWriteCountPartitionKey(String(left[directoryAttributes.pk])))
    return 'renewed';
  const areRenewable = isRenewable(left) && isRenewable(right);
  return areRenewable && isDeepStrictEqual(withoutRenewals(left), withoutRenewals(right))
    ? 'renewed'
    : 'different';
}

/** Removes the expiry time from the item and from its list view. */
export function withoutExpiry({ [entryAttributes.expiresAt]: _, ...item }: Item): Item {
  const views = [entryAttributes.view, entryAttributes.disputingView].filter((name) => isObject(item[name]));
  return {
    ...item,
    ...Object.fromEntries(views.map((name) => [name, withoutViewExpiry(item[name] as Item)])),
  };
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function withoutViewExpiry({ [viewExpiresAt]: _, ...view }: Item): Item {
  return view;
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
