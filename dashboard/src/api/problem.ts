// Turns a failed request into a message for the user: what happened and what to do next.
import { ApiError } from '../../../client/client.ts';
import { escapeUnsafe } from '../../../core/values/visible-text.ts';
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
  /** The invalid parameter or the missing permission. */
  readonly field?: string | undefined;
}

/** Classifies a failure. No message can be mistaken for "there are no entries". */
export function describeProblem(error: unknown): PageProblem {
  if (error instanceof SessionEnded) return sessionEnded;
  if (error instanceof InvalidSearchError) return describeFilterProblem(error);
  if (!(error instanceof ApiError)) return isNetworkFailure(error) ? offline : defect;
  const { status, field } = error;
  const message = escapeUnsafe(error.message);
  if (status === 401) return sessionEnded;
  if (status === 403) return { kind: 'forbidden', title: 'Access denied', advice: message, field };
  if (status === 404) return { kind: 'missing', title: 'Not found', advice: message };
  if (status === 400) return describeFilterProblem({ message: explainTimeFormat(error), field });
  if (status === 429 || status === 503) {
    const { retryAfterSeconds = 0 } = error;
    const when = retryAfterSeconds > 1 ? `in ${retryAfterSeconds} seconds` : 'in a moment';
    return {
      kind: 'busy',
      title: status === 429 ? 'Too many requests' : 'The log store is busy',
      advice: `The search did not finish, so some entries might be missing. Try again ${when}.`,
    };
  }
  if (status < 400) return { kind: 'failed', title: 'The search failed', advice: foreignAnswer };
  return {
    kind: 'failed',
    title: 'The search failed',
    advice: `The service returned status ${status}. Try again. If the problem continues, contact your Request Logs administrator.`,
  };
}

function describeFilterProblem({ message, field }: Pick<ApiError, 'message' | 'field'>): PageProblem {
  return { kind: 'filter', title: 'Invalid filter', advice: escapeUnsafe(message), field };
}

/** The API's message, with examples in place of the name of the time standard. */
function explainTimeFormat({ message, field }: ApiError): string {
  if (field === undefined || !message.includes('RFC 3339')) return message;
  return `${field} must be a date, such as 2026-11-05, or a date and time, such as 2026-11-05T16:40:51Z`;
}

const foreignAnswer =
  'The response is not from the Request Logs API. A proxy or a sign-in page might be in between. Reload the page, and contact your administrator if the problem continues.';

const sessionEnded: PageProblem = {
  kind: 'session',
  title: 'Your session has ended',
  advice: 'Sign in again to return to this view.',
};

const offline: PageProblem = {
  kind: 'offline',
  title: 'Cannot reach the service',
  advice: 'Check your network connection, then try again.',
};

const defect: PageProblem = {
  kind: 'defect',
  title: 'Something went wrong',
  advice:
    'This is a bug in the page. Reload it. If the problem continues, contact your Request Logs administrator.',
};
