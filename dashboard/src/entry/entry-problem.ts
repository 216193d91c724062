// Describes why an entry cannot be shown, and whether a retry can help.
import { ApiError } from '../../../client/client.ts';
import { describeProblem, type PageProblem } from '../api/problem.ts';

export interface EntryProblem extends Pick<PageProblem, 'title' | 'advice'> {
  readonly canRetry: boolean;
}

/** The API does not distinguish an entry that does not exist from one that the user cannot see. */
const noSuchEntry: EntryProblem = {
  title: 'Entry not found',
  advice: 'No entry has this ID, or you do not have access to it.',
  canRetry: false,
};

/** Permanent failures, for which a retry cannot help. */
const permanentProblems: Readonly<Record<string, EntryProblem>> = {
  STATES_UNREADABLE: {
    title: 'Cannot read the states of this entry',
    advice:
      'The stored states are missing or damaged. Contact your Request Logs administrator. The details in the list are still correct.',
    canRetry: false,
  },
  ENTRY_TOO_LARGE: {
    title: 'The entry is too large to display',
    advice:
      'Its states exceed the maximum size of an API response. The details in the list are still correct.',
    canRetry: false,
  },
};

export function describeEntryProblem(error: unknown): EntryProblem {
  const permanent =
    error instanceof ApiError && error.code !== undefined ? permanentProblems[error.code] : undefined;
  if (permanent !== undefined) return permanent;
  const { kind, title, advice, field } = describeProblem(error);
  switch (kind) {
    case 'missing':
    case 'filter':
      return noSuchEntry;
    case 'forbidden':
      return {
        title: 'You do not have permission to view entries',
        advice: field ? `You need the permission ${field}.` : advice,
        canRetry: false,
      };
    case 'busy':
      return {
        title: 'The entry could not be loaded',
        advice: 'The log store is busy. Try again in a moment.',
        canRetry: true,
      };
    case 'failed':
      return {
        title: 'The entry could not be loaded',
        advice:
          'The service returned an error. Try again. If the problem continues, contact your Request Logs administrator.',
        canRetry: true,
      };
    case 'session':
    case 'offline':
      return { title, advice, canRetry: true };
    case 'defect':
      return { title, advice, canRetry: false };
  }
}
