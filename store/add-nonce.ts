// Draws the nonce of an item that is inserted. It hides the content of the item's leaf in the sealed log: once the item has
// expired, no one can test a guess of its content against the leaf.
import { randomBytes } from 'node:crypto';
import { entryAttributes } from '../core/storage/table-attributes.ts';
import type { Item } from './entry-item.ts';

const nonceBytes = 16;

/** Returns the item with a new nonce. The content hash and the comparison of duplicates do not cover it. */
export function addNonce(item: Item): Item {
  return { ...item, [entryAttributes.nonce]: randomBytes(nonceBytes) };
}
