// Serializes parameters to a query string: list values are repeated, and a comma inside a value is escaped because the
// API treats an unescaped comma as a separator.

/** Returns the query string without `?`. Omits undefined parameters and empty lists. */
export function toQueryString(query: Readonly<Record<string, unknown>>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (Array.isArray(value)) {
      for (const item of value) parameters.append(name, escapeCommas(String(item)));
    } else if (value !== undefined && value !== null) {
      parameters.append(name, String(value));
    }
  }
  return parameters.toString();
}

/** Escapes the commas of a term that are not escaped yet. An item of a list is always one term. */
function escapeCommas(term: string): string {
  return term.replace(/\\.|,/gsu, (found) => (found === ',' ? '\\,' : found));
}

/** Returns the term that matches exactly this value, whatever characters it contains. */
export function exactTerm(value: string): string {
  return value.replace(/[\\,*]|^!/g, '\\$&');
}
