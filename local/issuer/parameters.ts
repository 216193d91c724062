// The parameters of an OAuth request, from a query or a form.
import type * as z from 'zod/mini';

/** The first value of each parameter, and the names that were given more than once, which OAuth forbids. */
export function readParameters(text: string): {
  readonly values: Readonly<Record<string, string>>;
  readonly repeated: readonly string[];
} {
  const values: Record<string, string> = Object.create(null);
  const repeated: string[] = [];
  for (const [name, value] of new URLSearchParams(text)) {
    if (name in values) repeated.push(name);
    else values[name] = value;
  }
  return { values, repeated };
}

/** What is wrong, for `error_description`: printable ASCII without quotes, as OAuth allows there. */
export function describeProblem(error: z.core.$ZodError): string {
  const issue = error.issues[0];
  return `${issue?.path.join('.')} ${issue?.message}`.replaceAll(/[^\x20-\x7e]|["\\]/g, "'");
}
