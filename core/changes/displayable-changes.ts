// The changes of an entry as a client shows them, also where the API left them out of its answer.
import type { JsonValue } from '../values/json.ts';
import { type Change, listChanges } from './changes.ts';

/** A change as an answer of the API has it. */
interface AnsweredChange {
  readonly path: string;
  readonly op: Change['op'];
  readonly before?: unknown;
  readonly after?: unknown;
}

/** What of an entry's answer tells its changes. */
export interface ChangesAnswer {
  readonly before?: unknown;
  readonly after?: unknown;
  readonly changes: readonly AnsweredChange[];
  readonly changesOmitted?: boolean | undefined;
}

/** Most characters that the paths of changes may have together: every place is laid out by its whole path. */
const maxPathCharacters = 10_000_000;

/**
 * The answer's changes, or those that follow from its states when the answer leaves them out. `undefined` when their
 * paths exceed 10 million characters together: then only the states themselves can be shown.
 */
export function displayableChanges({
  before,
  after,
  changes,
  changesOmitted,
}: ChangesAnswer): readonly AnsweredChange[] | undefined {
  if (!changesOmitted) return changes;
  // An answer was JSON.
  const found = listChanges(before as JsonValue | undefined, after as JsonValue | undefined);
  let characters = 0;
  for (const { path } of found) characters += path.length;
  return characters <= maxPathCharacters ? found : undefined;
}
