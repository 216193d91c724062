// Serializes parameters to a query string: list values are repeated, and a comma inside a value is escaped because the
// API treats an unescaped comma as a separator.

/** Returns the query string without `?`. Omits undefined parameters and empty lists. */
export function toQueryString(query: Readonly<Record<string, unknown>>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (Array.isArray(value)) {
      for (const item of value) parameters.append(name, String(item).replaceAll(',', '\\,'));
    } else if (value !== undefined && value !== null) {
      parameters.append(name, String(value));
    }
  }
  return parameters.toString();
}
