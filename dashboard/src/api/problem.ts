// What a failed request means to the person at the page: what happened, and what to do next.
import { ApiError } from '../../../client/client.ts';
import { isNetworkFailure } from '../network/network-failure.ts';
import { InvalidSearchError } from '../search/invalid-search.ts';
import { SessionEnded } from '../session/token-source.ts';

export type ProblemKind =
  | 'session'
  | 'forbidden'
  | 'filter'
  | 'missing'
  | 'busy'
  | 'failed'
  | 'offline'
  | 'defect';

export interface PageProblem {
  readonly kind: ProblemKind;
  readonly title: string;
  readonly advice: string;
  /** The parameter that is refused, or the permission that is missing. */
  readonly field?: string | undefined;
}

/** Tells kinds of failure apart; whatever it is, it never reads as "there are no entries". */
export function describeProblem(error: unknown): PageProblem {
  if (error instanceof SessionEnded) return sessionEnded;
  if (error instanceof InvalidSearchError) return refuseFilter(error);
  if (!(error instanceof ApiError)) return isNetworkFailure(error) ? offline : defect;
  const { status, message, field } = error;
  if (status === 401) return sessionEnded;
  if (status === 403) return { kind: 'forbidden', title: 'You may not see this', advice: message, field };
  if (status === 404) return { kind: 'missing', title: 'Not found', advice: message };
  if (status === 400) return refuseFilter({ message: sayTimes(error), field });
  if (status === 429 || status === 503) {
    const { retryAfterSeconds = 0 } = error;
    const when = retryAfterSeconds > 1 ? `in ${retryAfterSeconds} seconds` : 'in a moment';
    return {
      kind: 'busy',
      title: 'The log store is busy',
      advice: `The search was not finished, so entries may exist that are not shown. Try again ${when}.`,
    };
  }
  return {
    kind: 'failed',
    title: 'The search failed',
    advice: `The service answered with status ${status}. Try again; if it stays so, tell whoever runs Request Logs.`,
  };
}

function refuseFilter({ message, field }: Pick<ApiError, 'message' | 'field'>): PageProblem {
  return { kind: 'filter', title: 'A filter is not allowed', advice: message, field };
}

/** What the API says, by examples where it names the standard for times. */
function sayTimes({ message, field }: ApiError): string {
  if (field === undefined || !message.includes('RFC 3339')) return message;
  return `${field} must be a date, such as 2026-11-05, or a date and time, such as 2026-11-05T16:40:51Z`;
}

const sessionEnded: PageProblem = {
  kind: 'session',
  title: 'Your session has ended',
  advice: 'Sign in again; you come back to exactly this view.',
};

const offline: PageProblem = {
  kind: 'offline',
  title: 'The service cannot be reached',
  advice: 'Check the network, then try again.',
};

const defect: PageProblem = {
  kind: 'defect',
  title: 'The page failed',
  advice:
    'This is a mistake of the page, not yours. Reload it; if it stays so, tell whoever runs Request Logs.',
};
