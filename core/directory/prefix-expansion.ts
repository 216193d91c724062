// Expands the prefixes of the filter `resource` to the matching names, within the planning budget.
import type { TermSet } from '../query/term-set.ts';
import type { DirectoryReader, Meter } from '../storage/ports.ts';
import type { AccountRegionLookup } from './account-region-lookup.ts';
import { scanDirectory } from './directory-scan.ts';

/** The limits of an expansion. */
export interface ExpansionLimits {
  /** The maximum number of names. */
  readonly maxNames: number;
  /** Receives the read units of each directory read. */
  readonly meter: Meter;
  /** Returns the read units that are left for the expansion. */
  readonly remainingUnits: () => number;
}

/** The minimum cost of a consistent Query, in read units. */
const minReadUnits = 1;

/** Names that a consistent Query reads per unit: 4 KiB at about 250 bytes each, which are names of 60 characters. */
const namesPerUnit = 16;

/**
 * Returns every distinct service or resource name of the organization that the filter's positive terms match and its
 * negated terms do not, or `undefined` if that exceeds the limits. Every visible entry's name is included. Starts no read that is expected to
 * exceed `remainingUnits`, but long names cost more than expected: names of 128 characters twice as much, and names
 * that consist of redaction markers 15 times as much.
 */
export async function expandResourceNames(
  organizationId: string,
  resource: TermSet,
  { maxNames, meter, remainingUnits }: ExpansionLimits,
  directory: DirectoryReader,
  lookup: AccountRegionLookup,
): Promise<readonly string[] | undefined> {
  const names = new Set(resource.exactValues);
  for (const prefix of resource.prefixes) {
    if (!lookup.hasAll && remainingUnits() < minReadUnits) return undefined;
    const accounts = [...new Set((await lookup.listAll()).map(({ accountId }) => accountId))];
    let isBudgetUsed = false;
    const maxRows = (queries: number) => {
      const rows = Math.floor(remainingUnits() / queries) * namesPerUnit;
      isBudgetUsed = rows <= 0;
      return rows;
    };
    const read = {
      prefix,
      expectedRows: maxNames + 1,
      isConsistent: true,
      meter,
      maxRows,
    };
    const scan = { field: 'resources' as const, accounts, ...read };
    for await (const [{ value }] of scanDirectory(directory, organizationId, scan)) {
      if (resource.accepts(value)) names.add(value);
      if (names.size > maxNames) return undefined;
    }
    if (isBudgetUsed) return undefined;
  }
  return [...names];
}
