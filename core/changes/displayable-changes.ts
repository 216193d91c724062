// Returns the changes that a client displays for an entry, even if the API response omits them.
import type { JsonValue } from '../values/json.ts';
import { type Change, listChanges } from './changes.ts';

/** A change in an API response. */
interface AnsweredChange {
  readonly path: string;
  readonly op: Change['op'];
  readonly before?: unknown;
  readonly after?: unknown;
}

/** The fields of an entry response that contain or determine its changes. */
export interface ChangesAnswer {
  readonly before?: unknown;
  readonly after?: unknown;
  readonly changes: readonly AnsweredChange[];
  readonly changesOmitted?: boolean | undefined;
}

/** The maximum total length of all paths in characters, because the page renders each path in full. */
const maxPathCharacters = 10_000_000;

/**
 * Returns the changes in the response, or computes them from its states when the response omits them. Returns
 * `undefined` when the paths together exceed 10 million characters; then a client can show only the states.
 */
export function displayableChanges({
  before,
  after,
  changes,
  changesOmitted,
}: ChangesAnswer): readonly AnsweredChange[] | undefined {
  if (!changesOmitted) return changes;
  // The response was parsed from JSON.
  const found = listChanges(before as JsonValue | undefined, after as JsonValue | undefined);
  let characters = 0;
  for (const { path } of found) characters += path.length;
  return characters <= maxPathCharacters ? found : undefined;
}
