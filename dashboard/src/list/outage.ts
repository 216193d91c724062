// Describes an outage: a period in which the page cannot load new entries.
import { describeProblem, type ProblemKind } from '../api/problem.ts';

export interface Outage {
  /** Time of the last successful poll, epoch milliseconds. */
  readonly sinceMillis: number;
  /** The error of the last poll. */
  readonly error: unknown;
}

const causes: Readonly<Partial<Record<ProblemKind, string>>> = {
  offline: 'No connection',
  busy: 'The log store is busy',
  failed: 'The service returned an error',
  defect: 'Something went wrong',
};

/** Returns a message, or `undefined` for a failure that the page reports elsewhere, such as the end of the session. */
export function describeOutage({ error }: Outage, since: string): string | undefined {
  const cause = causes[describeProblem(error).kind];
  return cause && `${cause}. New entries have not been loaded since ${since}. Retrying.`;
}
