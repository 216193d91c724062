// Finds unlogged changes: the state before an action must equal the state after the action before it. Pure. Also compares
// states of different entries, whose redaction markers have unrelated numbers.
import { outlineChanges } from '../changes/change-outline.ts';
import { compareStates, type FieldChange } from '../changes/state-comparison.ts';
import { equalModuloRedaction } from '../redaction/engine/equal-modulo-redaction.ts';
import { markerPattern } from '../redaction/text/markers.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../values/json.ts';
import type { Gap } from './history-schemas.ts';
import type { DoneStep } from './steps.ts';

/**
 * Returns the differences between states of different entries. A marker equals any value, because its number means
 * something only within its own entry.
 */
export function compareAcrossEntries(
  before: JsonObject | undefined,
  after: JsonObject | undefined,
): FieldChange[] {
  if (before === undefined || after === undefined || equalModuloRedaction(before, after)) return [];
  return compareStates(withEqualMarkers(before), withEqualMarkers(after)).filter(
    ({ change: { op, before: old, after: now } }) =>
      op !== 'replace' || !equalModuloRedaction(old as JsonValue, now as JsonValue),
  );
}

/** Gives all markers the same number. */
function withEqualMarkers(value: JsonValue): JsonValue {
  if (typeof value === 'string') return value.replace(markerPattern, '[REDACTED:1]');
  if (Array.isArray(value)) return value.map(withEqualMarkers);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withEqualMarkers(member)]));
}

/** Returns the gap between two consecutive actions that were done, or `undefined` if the later one continues the earlier. */
export function findGap(earlier: DoneStep, later: DoneStep): Gap | undefined {
  const ids = { earlierId: earlier.item.id, laterId: later.item.id };
  const nothing = { changedPaths: [], highlights: [], changeCount: 0 };
  const wasDeleted = earlier.item.action === 'DELETE';
  const isCreated = later.item.action === 'CREATE';
  if (wasDeleted || isCreated) {
    if (wasDeleted === isCreated) return undefined;
    return { kind: wasDeleted ? 'CREATION_MISSING' : 'DELETION_MISSING', ...ids, ...nothing };
  }
  if (earlier.problem !== undefined || later.problem !== undefined) {
    return { kind: 'NOT_COMPARED', ...ids, ...nothing };
  }
  const changes = compareAcrossEntries(earlier.after, later.before);
  return changes.length === 0 ? undefined : { kind: 'CHANGED', ...ids, ...outlineChanges(changes) };
}
