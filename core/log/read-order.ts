// Reads the log of one organization in leaf order: the IDs of its entries, batch by batch. Reads no entries.
import { orderKey, orderPrefix } from './object-keys.ts';
import { type BatchOrder, decodeOrderObject } from './order-object.ts';
import type { LogObjects } from './ports.ts';

/** The maximum number of objects that are read at once. */
const maxConcurrentReads = 16;

/**
 * Yields the batches that have leaves from `from` up to the size of a log, in order. The first batch can begin before
 * `from`. A batch whose order object has expired is left out, so `first` can be greater than the end of the batch before.
 * Fails with LOG_CONTRADICTED if an object is malformed.
 */
export async function* readOrder(
  objects: Pick<LogObjects, 'get' | 'list'>,
  organizationId: string,
  { from, size }: { readonly from: number; readonly size: number },
): AsyncGenerator<BatchOrder, void, undefined> {
  const lastKey = orderKey(organizationId, size);
  let after = orderKey(organizationId, from);
  // A short page needs one batch. Who reads on gets more of them at once.
  let concurrency = 1;
  for (;;) {
    const page = await objects.list(orderPrefix(organizationId), after);
    const keys = page.keys.filter((key) => key <= lastKey);
    for (let next = 0; next < keys.length; ) {
      const some = keys.slice(next, next + concurrency);
      const orders = await Promise.all(some.map((key) => readOrderObject(objects, key)));
      for (const order of orders) if (order !== undefined) yield order;
      next += some.length;
      concurrency = Math.min(2 * concurrency, maxConcurrentReads);
    }
    const last = page.keys.at(-1);
    if (!page.hasMore || last === undefined || last >= lastKey) return;
    after = last;
  }
}

/** Returns `undefined` if the object has just expired. */
async function readOrderObject(
  objects: Pick<LogObjects, 'get'>,
  key: string,
): Promise<BatchOrder | undefined> {
  const object = await objects.get(key);
  return object && decodeOrderObject(object.bytes, key);
}
