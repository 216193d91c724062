// Whether somebody may export. The sign-in tells their role but not what it grants, so the API is asked, for a time that has
// no entries: what the API logs of it shall not read like an export.
import type { RequestLogsClient } from '../../../client/client.ts';
import { describeProblem } from '../api/problem.ts';

/**
 * What the API refuses an export with for want of a permission; `null` when it does not. Another failure is no refusal:
 * the export itself meets it, and can go on behind it.
 */
export async function findRefusal(
  client: Pick<RequestLogsClient, 'exportEntries'>,
  signal: AbortSignal,
): Promise<unknown> {
  try {
    await client.exportEntries({ format: 'ndjson', limit: 1, to: '1970-01-01' }, { signal });
  } catch (error) {
    if (describeProblem(error).kind === 'forbidden') return error;
  }
  return null;
}
