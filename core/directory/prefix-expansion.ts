// What the filter `resource` stands for: the names that its prefixes are expanded to, as far as planning may pay for it.
import { isPrefix } from '../query/query.ts';
import type { DirectoryReader, Meter } from '../storage/ports.ts';
import type { AccountRegionLookup } from './account-region-lookup.ts';
import { scanDirectory } from './directory-scan.ts';

/** How far an expansion goes. */
export interface ExpansionLimits {
  /** With more names than these another index is read. */
  readonly maxNames: number;
  /** Told of what is read. */
  readonly meter: Meter;
  /** Read units that it may still spend. */
  readonly remainingUnits: () => number;
}

/** The least that a consistent Query costs, read units. */
const smallestUnits = 1;

/** Names that a consistent Query reads for each unit: 4 KiB of about 250 bytes each, so of names of 60 letters. */
const namesOfUnit = 16;

/**
 * Every name of a service or resource of the organisation that the values of the filter stand for (`hasPrefix`), each
 * once; `undefined` beyond the limits. Each entry that can be seen has its name among them. No read of names is begun
 * that would pass `remainingUnits`, but longer ones cost more: names of 128 letters twice as much, of markers alone 15 times.
 */
export async function expandResourceNames(
  organizationId: string,
  resource: readonly string[],
  { maxNames, meter, remainingUnits }: ExpansionLimits,
  directory: DirectoryReader,
  lookup: AccountRegionLookup,
): Promise<readonly string[] | undefined> {
  const names = new Set(resource.filter((name) => !isPrefix(name)));
  for (const prefix of resource.filter(isPrefix)) {
    if (!lookup.hasAll && remainingUnits() < smallestUnits) return undefined;
    const accounts = [...new Set((await lookup.listAll()).map(({ accountId }) => accountId))];
    let isCut = false;
    const maxRows = (queries: number) => {
      const rows = Math.floor(remainingUnits() / queries) * namesOfUnit;
      isCut = rows <= 0;
      return rows;
    };
    const read = { prefix: prefix.slice(0, -1), wanted: maxNames + 1, isConsistent: true, meter, maxRows };
    const scan = { field: 'resources' as const, accounts, ...read };
    for await (const [{ value }] of scanDirectory(directory, organizationId, scan)) {
      names.add(value);
      if (names.size > maxNames) return undefined;
    }
    if (isCut) return undefined;
  }
  return [...names];
}
