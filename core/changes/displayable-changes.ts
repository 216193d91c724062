// Returns the differences that a client displays for an entry.
import type { JsonValue } from '../values/json.ts';
import { compareStates, type StateChange } from './state-comparison.ts';

/** The states of an entry, as parsed from a response. */
export interface EntryStates {
  readonly before?: unknown;
  readonly after?: unknown;
}

/** The maximum total length of all paths in characters, because the page renders each path in full. */
const maxPathCharacters = 10_000_000;

/**
 * Returns the differences between the states. Returns `undefined` when the paths together exceed 10 million characters;
 * then a client can show only the states.
 */
export function displayableChanges({ before, after }: EntryStates): readonly StateChange[] | undefined {
  // The response was parsed from JSON.
  const found = compareStates(before as JsonValue | undefined, after as JsonValue | undefined);
  let characters = 0;
  for (const { change } of found) characters += change.path.length;
  return characters <= maxPathCharacters ? found.map(({ change }) => change) : undefined;
}
