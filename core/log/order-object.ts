// The order object of a batch: the IDs of its entries in leaf order. A leaf says nothing about its entry, so this is how
// the log is read in order. No proof depends on it. A lifecycle rule removes it after the retention of entries.
import * as z from 'zod/mini';
import { type Batch, type BatchPart, decodeJson, encodeJson } from './batch.ts';
import { logContradicted } from './log-error.ts';
import { orderKey } from './object-keys.ts';

const orderSchema = z.object({
  format: z.literal(1),
  /** The index of the batch's first leaf. */
  first: z.number(),
  decidedAtMillis: z.number(),
  /** The ID of each leaf's entry. `null` for disputes and evidence. */
  ids: z.array(z.nullable(z.string())),
});

/** The entries of one batch, in leaf order. */
export type BatchOrder = z.infer<typeof orderSchema>;

/** Returns the key and the content of the order object of a batch. */
export function toOrderObject(
  { decidedAtMillis }: Pick<Batch, 'decidedAtMillis'>,
  { organizationId, edge, leaves }: BatchPart,
): { readonly key: string; readonly bytes: Uint8Array } {
  const ids = leaves.map(({ id }) => id ?? null);
  const order: BatchOrder = { format: 1, first: edge.size, decidedAtMillis, ids };
  return { key: orderKey(organizationId, edge.size + leaves.length), bytes: encodeJson(order) };
}

/** Returns what an order object contains. Fails with LOG_CONTRADICTED if it is malformed or belongs to another key. */
export function decodeOrderObject(bytes: Uint8Array, key: string): BatchOrder {
  const order = decodeJson(orderSchema, bytes, key);
  if (key.endsWith(`/${String(order.first + order.ids.length).padStart(15, '0')}`)) return order;
  throw logContradicted(`the object ${key} does not have the entries that its key names`);
}
