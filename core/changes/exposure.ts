// Detects changes that open access to everyone. Readers must see them first.
import type { JsonValue } from '../values/json.ts';
import { pointerTo } from '../values/json-pointer.ts';
import type { FieldChange, StateChange } from './state-comparison.ts';

/** Values that mean every address: address ranges, and the scheme of a load balancer. */
const everyone: readonly unknown[] = ['0.0.0.0/0', '::/0', 'internet-facing'];

/** Settings that keep the public out while they are on, such as those of S3 Block Public Access. */
const publicBlock = /^(?:block|ignore|restrict|deny|disable|prevent)\w*public/i;

/** Whether the change adds access from every address, or makes the target public. */
export function opensToEveryone({ field, change: { before, after } }: FieldChange): boolean {
  if (publicBlock.test(field)) return isOn(before) && !isOn(after);
  if (/public/i.test(field) && isOn(after)) return !isOn(before);
  return includesEveryone(after) && !includesEveryone(before);
}

/** Whether a setting is on: a truth value, or a word for it in AWS's API shapes. */
function isOn(value: unknown): boolean {
  return value === true || (typeof value === 'string' && /^(?:true|enabled)$/i.test(value));
}

/** Whether the value contains a range with every address. */
export function includesEveryone(value: unknown): boolean {
  if (everyone.includes(value)) return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(includesEveryone);
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
