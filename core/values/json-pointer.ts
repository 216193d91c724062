// Parses and builds JSON Pointers (RFC 6901), the paths of changes and issues.

/** Returns the keys of a pointer, in order. */
export function keysOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Returns the pointer to the member `key` of `parent`. */
export function pointerTo(parent: string, key: string | number): string {
  const text = String(key);
  return `${parent}/${/[~/]/.test(text) ? text.replaceAll('~', '~0').replaceAll('/', '~1') : text}`;
}
