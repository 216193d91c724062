// Cuts a list into calls that stay within a count and a number of bytes.

export interface CallLimits {
  readonly maxItems: number;
  readonly maxBytes: number;
}

/**
 * The items in order, in as few calls as keeping the order allows. An item above `maxBytes` gets a call of its
 * own: refuse it before.
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
