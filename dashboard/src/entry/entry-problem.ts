// What to say when an entry cannot be shown, and whether asking again may help.
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

export function describeEntryProblem(error: unknown): EntryProblem {
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
  }
}
