// A count of things in words.

/** `1 entry`, `2 entries`; the plural adds an s unless it is given. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
