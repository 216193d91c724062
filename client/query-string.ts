// How parameters become a query string: lists are repeated, and a comma inside a value is escaped, since the API
// takes a bare one for a separator.

/** The query string, without `?`. Absent parameters and empty lists are left out. */
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
