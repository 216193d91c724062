// Splits a list into calls that stay within a maximum number of items and bytes.

export interface CallLimits {
  readonly maxItems: number;
  readonly maxBytes: number;
}

/**
 * Groups the items into as few calls as possible without changing their order. An item larger than `maxBytes`
 * gets its own call, so reject such items beforehand.
 */
export function splitIntoCalls<T>(
  items: readonly T[],
  countBytes: (item: T) => number,
  { maxItems, maxBytes }: CallLimits,
): T[][] {
  const calls: T[][] = [];
  let call: T[] = [];
  let callBytes = 0;
  for (const item of items) {
    const bytes = countBytes(item);
    const isFull = call.length >= maxItems || callBytes + bytes > maxBytes;
    if (isFull && call.length > 0) {
      calls.push(call);
      call = [];
      callBytes = 0;
    }
    call.push(item);
    callBytes += bytes;
  }
  if (call.length > 0) calls.push(call);
  return calls;
}
