// A stretch of time in which the page could not look for new entries.
import { describeProblem, type ProblemKind } from '../api/problem.ts';

export interface Outage {
  /** Epoch milliseconds up to which new entries were seen. */
  readonly sinceMillis: number;
  /** What the last look failed with. */
  readonly error: unknown;
}

const causes: Readonly<Partial<Record<ProblemKind, string>>> = {
  offline: 'Not connected',
  busy: 'The log store is busy',
  failed: 'The service does not answer as it should',
  defect: 'The page failed',
};

/** In one sentence; `undefined` for a failure that the page tells of elsewhere, such as the end of the session. */
export function describeOutage({ error }: Outage, since: string): string | undefined {
  const cause = causes[describeProblem(error).kind];
  return cause && `${cause}: new entries are not seen since ${since}. Trying again.`;
}
