// What a prefix stands for: the names that a filter is expanded to.
import { scanDirectory } from './directory-scan.ts';
import type { Directory, Meter } from './ports.ts';

/** How far an expansion goes. */
export interface ExpansionLimits {
  /** With more names than these another index is read. */
  readonly maxNames: number;
  /** Told of what is read. */
  readonly meter: Meter;
  /** Read units that it may still spend; each account costs one at least. */
  readonly unitsLeft: () => number;
}

/**
 * Every name of a service or resource of the organisation that begins with `prefix` (`hasPrefix`), in order;
 * `undefined` beyond the limits. Each entry that can be seen has its name among them.
 */
export async function expandResourcePrefix(
  organizationId: string,
  prefix: string,
  { maxNames, meter, unitsLeft }: ExpansionLimits,
  directory: Directory,
): Promise<readonly string[] | undefined> {
  if (unitsLeft() <= 0) return undefined;
  const pairs = await directory.listAccountRegions(organizationId, undefined, meter);
  const accounts = [...new Set(pairs.map(({ accountId }) => accountId))];
  if (accounts.length > unitsLeft()) return undefined;
  const wanted = maxNames + 1;
  const scan = { field: 'resources' as const, accounts, prefix, wanted, isConsistent: true, meter };
  const names: string[] = [];
  for await (const [{ value }] of scanDirectory(directory, organizationId, scan)) {
    if (names.length === maxNames) return undefined;
    names.push(value);
  }
  return names;
}
