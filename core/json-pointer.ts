// JSON Pointer (RFC 6901): how changes and issues name a place in a document.

/** The pointer to `key` below `parent`. */
export function pointerTo(parent: string, key: string | number): string {
  return `${parent}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
