// Formats a count with its noun.

/** Returns `1 entry` or `2 entries`. The plural defaults to the singular plus `s`. */
export function formatCount(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
