// Derives the state of a target at a moment from the entries around it. Pure.
import { hasMarker } from '../redaction/text/markers.ts';
import type { JsonObject } from '../values/json.ts';
import type { StateAt } from './history-schemas.ts';
import type { DoneStep } from './steps.ts';

/** Returns the state after the last action that was done at or before the moment. */
export function stateAfter(step: DoneStep, timeMillis: number): StateAt {
  const exists = step.item.action !== 'DELETE';
  return describe(step, timeMillis, 'after', exists, step.after);
}

/** Returns the state before the first action that was done after the moment, if no earlier one was logged. */
export function stateBefore(step: DoneStep, timeMillis: number): StateAt {
  const exists = step.item.action !== 'CREATE';
  return describe(step, timeMillis, 'before-of-next', exists, step.before);
}

/** Returns the state if no action was found. `isSearched` is false if the search did not reach its end. */
export function unknownState(timeMillis: number, isSearched: boolean): StateAt {
  const partial = isSearched ? {} : { partial: 'NOT_SEARCHED' as const };
  return { time: toIsoTime(timeMillis), basis: 'unknown', ...partial };
}

function describe(
  { item, problem }: DoneStep,
  timeMillis: number,
  basis: 'after' | 'before-of-next',
  exists: boolean,
  state: JsonObject | undefined,
): StateAt {
  const source = { time: toIsoTime(timeMillis), exists, name: item.target.name };
  const from = { entryId: item.id, timestamp: item.timestamp, basis };
  if (!exists) return { ...source, ...from };
  if (problem !== undefined) return { ...source, ...from, partial: problem };
  const partial = hasMarker(JSON.stringify(state ?? {})) ? { partial: 'REDACTED' as const } : {};
  return { ...source, ...(state && { state }), ...from, ...partial };
}

function toIsoTime(millis: number): string {
  return new Date(millis).toISOString();
}
