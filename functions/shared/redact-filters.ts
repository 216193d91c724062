// What people searched for, as it may be logged: a filter takes any text, also a secret pasted by mistake.
type Logged = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * The filters with every secret in them replaced by a marker. The rules are read when the first filter is logged: they
 * are larger than all else that a search needs of ours.
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
