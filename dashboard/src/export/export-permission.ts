// Checks whether the user can export. The token has the role but not its permissions, so this requests an export of a
// time range without entries, which does not look like a real export in the API's access log.
import type { RequestLogsClient } from '../../../client/client.ts';
import { describeProblem } from '../api/problem.ts';

/**
 * Returns the API's error if the user lacks the permission to export, otherwise `null`. Ignores other failures: the export
 * itself will report them, and can resume after them.
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
