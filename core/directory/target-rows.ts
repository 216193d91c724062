// The directory rows that lead from the ID of a target to its names. A row contains what identifies a target besides the
// ID, because the same ID can exist in several accounts, Regions and types.
import * as z from 'zod/mini';
import type { LogEntry } from '../entry/entry.ts';
import type { DirectoryRow } from '../storage/ports.ts';

/** What identifies a service or resource within an organization. */
export interface TargetKey {
  readonly id: string;
  readonly type: string;
  readonly accountId: string;
  readonly region: string;
}

/** A target and one of the names under which its entries were recorded. */
export interface TargetName {
  readonly target: TargetKey;
  readonly name: string;
}

const valueSchema = z.tuple([z.string(), z.string(), z.string(), z.string()]);

/** Returns the row that leads from the target of the entry to its name. */
export function targetRowOf({ target, accountId, region }: LogEntry): DirectoryRow {
  const value = JSON.stringify([accountId, region, target.type, target.name]);
  return { field: 'targets', term: target.id, value };
}

/** Returns the target and the name in a row that `targetRowOf` returned. Throws if the row has another form. */
export function readTargetRow({ term, value }: DirectoryRow): TargetName {
  const [accountId, region, type, name] = valueSchema.parse(JSON.parse(value));
  return { target: { id: term, type, accountId, region }, name };
}

/** Whether both are the same target. */
export function isSameTarget(one: TargetKey, other: TargetKey): boolean {
  return (
    one.id === other.id &&
    one.type === other.type &&
    one.accountId === other.accountId &&
    one.region === other.region
  );
}
