// Redacts search filters for the logs. A filter accepts any text, including a secret pasted by mistake.
type Logged = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Returns the filters with every secret replaced by a marker. The rules are loaded when the first filter is
 * logged, because they are larger than all other code of a search.
 */
export async function redactFilters(filters: Logged): Promise<Logged> {
  if (Object.values(filters).every((value) => value === undefined || value.length === 0)) return filters;
  const { redactValue } = await import('../../core/redaction/engine/redact.ts');
  return Object.fromEntries(
    Object.entries(filters).map(([name, value]) => [
      name,
      typeof value === 'string'
        ? (redactValue(value) as string)
        : value?.map((one) => redactValue(one) as string),
    ]),
  );
}
