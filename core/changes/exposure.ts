// Detects changes that open access to everyone. Readers must see them first.
import type { JsonValue } from '../values/json.ts';
import { pointerTo } from '../values/json-pointer.ts';
import type { FieldChange, StateChange } from './state-comparison.ts';

/** Address ranges that contain every address. */
const everyone: readonly unknown[] = ['0.0.0.0/0', '::/0'];

/** Whether the change adds access from every address, or makes the target public. */
export function opensToEveryone({ field, change: { before, after } }: FieldChange): boolean {
  if (after === true && /public/i.test(field)) return before !== true;
  return includesEveryone(after) && !includesEveryone(before);
}

/** Whether the value contains a range with every address. */
export function includesEveryone(value: unknown): boolean {
  return value !== undefined && findEveryone(value as JsonValue, '') !== undefined;
}

/** Returns the part of an added or replaced value that opens access, with its path. */
export function narrowToOpening(change: StateChange): StateChange | undefined {
  const found = change.after === undefined ? undefined : findEveryone(change.after as JsonValue, change.path);
  return found && { path: found.path, op: 'add', after: found.value };
}

interface Found {
  readonly path: string;
  readonly value: JsonValue;
}

/** Returns the first range with every address, at or below the value. */
function findEveryone(value: JsonValue, path: string): Found | undefined {
  if (everyone.includes(value)) return { path, value };
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, child] of Object.entries(value)) {
    const found = findEveryone(child, pointerTo(path, key));
    if (found !== undefined) return found;
  }
  return undefined;
}
