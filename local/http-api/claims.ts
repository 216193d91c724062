// Converts token claims to strings, as API Gateway does for functions.

/** Flattens the claims of a verified token: a list becomes `[a b]`, an object `map[key:value]`. */
export function flattenClaims(claims: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, flatten(value)]));
}

function flatten(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flatten).join(' ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
    return `map[${entries.map(([name, part]) => `${name}:${flatten(part)}`).join(' ')}]`;
  }
  return value === null ? '<nil>' : String(value);
}
