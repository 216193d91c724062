// Parses the parameters of OAuth requests, from a query string or a form.
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

/** Formats a problem for `error_description`, which allows only printable ASCII without quotes. */
export function describeProblem(error: z.core.$ZodError): string {
  const issue = error.issues[0];
  return `${issue?.path.join('.')} ${issue?.message}`.replaceAll(/[^\x20-\x7e]|["\\]/g, "'");
}
