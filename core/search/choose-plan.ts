// Chooses the cheapest plan by sampling. All indexes sort by the same ID, so half a read unit of each index shows how
// dense its partitions are. The sample of the chosen plan becomes the first data of the page.
import type { ListItem } from '../entry/entry.ts';
import type { IndexKey } from '../storage/table-attributes.ts';
import { entriesPerHalfUnit, estimateHitRate } from './adaptive-read-size.ts';
import type { KWayMerge } from './k-way-merge.ts';

/**
 * The estimated probability that an index is sparser than the ones before it. Plans are sampled with the most selective
 * index first.
 */
const sparserProbability: Record<IndexKey, number> = {
  resourceName: 0.5,
  finding: 0.4,
  user: 0.3,
  accountRegion: 0.25,
  action: 0.08,
  time: 0,
};

/** Plans whose sampled densities differ by a smaller factor can turn out to be in the opposite order. */
const similarDensityRatio = 3;

/** The expected cost, in read units, from which another sample pays off. */
const minUnitsToConfirm = 8;

/** How many times as much as the first sample a further one reads, and the maximum number of further samples. */
const furtherSampleFactor = 3;
const maxFurtherSamples = 2;

/** The minimum cost of a read, in read units. */
const minReadUnits = 0.5;

interface Sample {
  readonly scan: KWayMerge;
  /** Entries per millisecond of the range. All plans have the same matches, so the sparsest one skips the fewest. */
  readonly density: number;
  /** The estimated read units to finish the page with this plan. */
  readonly costToFinish: number;
}

/** The part of the time range that a page covers at most. */
export interface SearchStart {
  /** The time at which the page starts, in epoch milliseconds. */
  readonly startMillis: number;
  /** The length of the range that is not searched yet. */
  readonly remainingMillis: number;
  /** The page size. */
  readonly limit: number;
}

/**
 * Returns the scan to continue with, which has already read its sample. Samples plans in order and skips those whose
 * sample costs more than it can save.
 */
export async function chooseScan(
  scans: readonly [KWayMerge, ...KWayMerge[]],
  start: SearchStart,
  isMatch: (item: ListItem) => boolean,
): Promise<KWayMerge> {
  const [first, ...others] = scans;
  if (others.length === 0) return first;
  const samples = [await sample(first, start, isMatch)];
  for (const other of others) {
    const { index, partitionKeys } = other.plan;
    const cost = minReadUnits * partitionKeys.length;
    if (findSparsest(samples).costToFinish * sparserProbability[index] > cost) {
      samples.push(await sample(other, start, isMatch));
    }
  }
  return confirmSparsest(samples, start, isMatch);
}

function findSparsest(samples: readonly Sample[]): Sample {
  return samples.reduce((best, one) => (one.density < best.density ? one : best));
}

/**
 * Returns the sparsest scan. Because 11 entries can mislead, it reads a larger sample of that scan if the page is
 * expensive and another scan has a similar density. The larger sample is wasted only if another scan turns out to
 * be sparser.
 */
async function confirmSparsest(
  samples: Sample[],
  start: SearchStart,
  isMatch: (item: ListItem) => boolean,
): Promise<KWayMerge> {
  for (let count = 0; count < maxFurtherSamples; count++) {
    const best = findSparsest(samples);
    const isSimilar = (one: Sample) => one !== best && one.density <= similarDensityRatio * best.density;
    if (best.costToFinish < minUnitsToConfirm || !samples.some(isSimilar)) break;
    samples[samples.indexOf(best)] = await sample(best.scan, start, isMatch, furtherSampleFactor);
  }
  return findSparsest(samples).scan;
}

async function sample(
  scan: KWayMerge,
  start: SearchStart,
  isMatch: (item: ListItem) => boolean,
  sizeFactor = 1,
): Promise<Sample> {
  await scan.readAhead(sizeFactor * entriesPerHalfUnit * scan.plan.partitionKeys.length);
  const density = scan.measureDensity(start.startMillis);
  if (density === undefined) return { scan, density: 0, costToFinish: 0 };
  const items = scan.buffered;
  const found = items.filter(isMatch).length;
  const entriesToPage = (start.limit - found) / estimateHitRate(items.length, found);
  const entriesToFinish = Math.min(estimateRemaining(scan, start), entriesToPage);
  return { scan, density, costToFinish: entriesToFinish / (2 * entriesPerHalfUnit) };
}

/** Estimates how many entries the scan has not read yet, if the density stays the same. */
export function estimateRemaining(scan: KWayMerge, { startMillis, remainingMillis }: SearchStart): number {
  const density = scan.measureDensity(startMillis);
  return density === undefined ? 0 : Math.max(0, density * remainingMillis - scan.readCount);
}
