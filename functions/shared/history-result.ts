// Builds the response for a history within Lambda's response size limit. Only very large states are affected: first the
// two states of a difference are omitted, then the differences too, then the response is compressed.
import type { History } from '../../core/history/history-schemas.ts';
import { fitResult } from './entry-result.ts';
import type { QueryResult } from './query-handler.ts';

/** Returns the response. Fails with ENTRY_TOO_LARGE if it does not fit in any encoding that the client accepts. */
export function historyResult(history: History, acceptEncoding: string | undefined): QueryResult {
  return fitResult(listSmaller(history), acceptEncoding, 'this history');
}

function* listSmaller(history: History): Generator<History, void, undefined> {
  yield history;
  const { diff } = history;
  if (diff === undefined) return;
  const [{ state: _, ...from }, { state: __, ...to }] = [diff.from, diff.to];
  yield { ...history, diff: { ...diff, from, to, omitted: 'STATES' } };
  yield { ...history, diff: { from, to, changes: [], omitted: 'CHANGES' } };
}
