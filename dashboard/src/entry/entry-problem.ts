// What to say when an entry cannot be shown, and whether asking again may help.
import { ApiError } from '../../../client/client.ts';
import { describeProblem, type PageProblem } from '../api/problem.ts';

export interface EntryProblem extends Pick<PageProblem, 'title' | 'advice'> {
  readonly canRetry: boolean;
}

/** Another's entry and one that never was are the same to whoever asks: the API tells no more. */
const noSuchEntry: EntryProblem = {
  title: 'No such entry',
  advice: 'There is no entry with this id, or it is not within what you may see.',
  canRetry: false,
};

/** Failures that stay: to ask again changes nothing. */
const lasting: Readonly<Record<string, EntryProblem>> = {
  STATES_UNREADABLE: {
    title: 'The states of this entry cannot be read',
    advice:
      'They are lost or damaged in the store. Tell whoever runs Request Logs; what the list says of it holds.',
    canRetry: false,
  },
  ENTRY_TOO_LARGE: {
    title: 'The entry is too large to be shown',
    advice: 'Its states exceed what the API may answer. What the list says of it holds.',
    canRetry: false,
  },
};

export function describeEntryProblem(error: unknown): EntryProblem {
  const stays = error instanceof ApiError && error.code !== undefined ? lasting[error.code] : undefined;
  if (stays !== undefined) return stays;
  const { kind, title, advice, field } = describeProblem(error);
  switch (kind) {
    case 'missing':
    case 'filter':
      return noSuchEntry;
    case 'forbidden':
      return {
        title: 'You may not see entries',
        advice: field ? `You need ${field}.` : advice,
        canRetry: false,
      };
    case 'busy':
      return {
        title: 'The entry could not be loaded yet',
        advice: 'The log store is busy. The entry is not lost: try again in a moment.',
        canRetry: true,
      };
    case 'failed':
      return {
        title: 'The entry could not be loaded',
        advice: 'The service failed to answer. Try again; if it stays so, tell whoever runs Request Logs.',
        canRetry: true,
      };
    case 'session':
    case 'offline':
      return { title, advice, canRetry: true };
    case 'defect':
      return { title, advice, canRetry: false };
  }
}
