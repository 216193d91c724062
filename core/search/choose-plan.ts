// Picks the cheapest plan by looking: all indexes sort by the same id, so half a read unit of each shows how densely its
// partitions are filled. What was read of the plan that is chosen is the page's first data.
import type { ListItem } from '../entry/entry.ts';
import type { IndexKey } from '../storage/table-attributes.ts';
import { entriesPerHalfUnit, estimateHitRate } from './adaptive-read-size.ts';
import type { KWayMerge } from './k-way-merge.ts';

/** How likely an index is the sparser one, before anything is known; the order of plans has the best first. */
const chanceOfSparser: Record<IndexKey, number> = {
  resourceName: 0.5,
  user: 0.3,
  accountRegion: 0.25,
  action: 0.08,
  time: 0,
};

/** Plans whose densities differ by less than this after the first look may be the other way round. */
const alikeRatio = 3;

/** From this many read units on a further look pays. */
const stakeUnits = 8;

/** How much more than the first look a further one reads, and how many of these there are at most. */
const furtherLookFactor = 3;
const maxFurtherLooks = 2;

/** The least that a read costs, read units. */
const smallestReadUnits = 0.5;

interface Probe {
  readonly scan: KWayMerge;
  /** Entries in a millisecond of the range. All plans have the same matches, so the sparsest has least to skip. */
  readonly density: number;
  /** Read units that finishing the page through this plan is expected to cost. */
  readonly costToFinish: number;
}

/** Where the search of a page begins, and which way it goes. */
export interface SearchStart {
  readonly startMillis: number;
  readonly restMillis: number;
  readonly limit: number;
}

/**
 * The scan to go on with, already begun. Plans are looked at in order, until one is read to its end or another look
 * is not worth its price.
 */
export async function chooseScan(
  scans: readonly [KWayMerge, ...KWayMerge[]],
  start: SearchStart,
  isMatch: (item: ListItem) => boolean,
): Promise<KWayMerge> {
  const [first, ...others] = scans;
  if (others.length === 0) return first;
  const probes = [await probe(first, start, isMatch)];
  for (const other of others) {
    const { index, partitionKeys } = other.plan;
    const price = smallestReadUnits * partitionKeys.length;
    if (sparsest(probes).costToFinish * chanceOfSparser[index] > price) {
      probes.push(await probe(other, start, isMatch));
    }
  }
  return confirmSparsest(probes, start, isMatch);
}

function sparsest(probes: readonly Probe[]): Probe {
  return probes.reduce((best, one) => (one.density < best.density ? one : best));
}

/**
 * The sparsest scan, looked at further where much is at stake and another looks alike: 11 entries may mislead. What is
 * read more of it is wasted only if it then turns out to be the denser one.
 */
async function confirmSparsest(
  probes: Probe[],
  start: SearchStart,
  isMatch: (item: ListItem) => boolean,
): Promise<KWayMerge> {
  for (let look = 0; look < maxFurtherLooks; look++) {
    const best = sparsest(probes);
    const isAlike = (one: Probe) => one !== best && one.density <= alikeRatio * best.density;
    if (best.costToFinish < stakeUnits || !probes.some(isAlike)) break;
    probes[probes.indexOf(best)] = await probe(best.scan, start, isMatch, furtherLookFactor);
  }
  return sparsest(probes).scan;
}

async function probe(
  scan: KWayMerge,
  start: SearchStart,
  isMatch: (item: ListItem) => boolean,
  halfUnits = 1,
): Promise<Probe> {
  await scan.readFurther(halfUnits * entriesPerHalfUnit * scan.plan.partitionKeys.length);
  const density = scan.densityFrom(start.startMillis);
  if (density === undefined) return { scan, density: 0, costToFinish: 0 };
  const items = scan.buffered;
  const found = items.filter(isMatch).length;
  const entriesToPage = (start.limit - found) / estimateHitRate(items.length, found);
  const entriesToFinish = Math.min(expectedLeft(scan, start), entriesToPage);
  return { scan, density, costToFinish: entriesToFinish / (2 * entriesPerHalfUnit) };
}

/** Entries that the scan is expected to hold beyond what it has read, if it goes on as densely. */
export function expectedLeft(scan: KWayMerge, { startMillis, restMillis }: SearchStart): number {
  const density = scan.densityFrom(startMillis);
  return density === undefined ? 0 : Math.max(0, density * restMillis - scan.readCount);
}
