// Schedules the polls of whoever follows new entries: the page and the command line. Recent times are read often,
// earlier ones rarely, because most entries arrive within seconds. Pure functions; sends nothing. Also runs in browsers.
import { lateAfterMillis } from '../entry/entry.ts';
import { dayMillis } from '../values/timestamp.ts';

const secondMillis = 1000;
const minuteMillis = 60 * secondMillis;

/** A range of times that is read again at an interval. */
interface FollowTier {
  /** How long after an action its entry can become visible and still be found by this tier. */
  readonly lookbackMillis: number;
  /** The minimum time between two polls of this tier. 0 means every poll. */
  readonly intervalMillis: number;
  /**
   * How long an entry can take from being recorded to being visible in an index and still be found by this tier. A
   * poll asks only for entries recorded since the previous poll of its tier, and this much earlier.
   */
  readonly visibleAfterMillis: number | undefined;
}

/** The tiers, from the narrowest. A poll of one tier reads everything that narrower tiers would read. */
export const followTiers = [
  { lookbackMillis: minuteMillis, intervalMillis: 0, visibleAfterMillis: undefined },
  { lookbackMillis: lateAfterMillis, intervalMillis: minuteMillis, visibleAfterMillis: 5 * minuteMillis },
  { lookbackMillis: dayMillis, intervalMillis: 5 * minuteMillis, visibleAfterMillis: 60 * minuteMillis },
] as const satisfies readonly FollowTier[];

/** The pause between polls while someone looks at the entries. */
export const activePauseMillis = 5 * secondMillis;

/** Longer pauses that apply after a time without input. */
const idlePauses = [
  { idleMillis: 60 * minuteMillis, pauseMillis: 5 * minuteMillis },
  { idleMillis: 10 * minuteMillis, pauseMillis: minuteMillis },
] as const;

/** For each tier, the time of its last successful poll, in epoch milliseconds. */
export type FollowState = readonly number[];

/** A poll that is due. */
export interface FollowPoll {
  /** The time of the poll, in epoch milliseconds. */
  readonly atMillis: number;
  /** Read entries that occurred at this time or later, without an upper bound. */
  readonly fromMillis: number;
  /** Read only entries recorded at this time or later. Absent if all must be read. */
  readonly recordedFromMillis?: number;
  /** The index of the tier. */
  readonly tier: number;
}

/** Starts following at a time up to which every entry has been read. */
export function startFollowing(startMillis: number): FollowState {
  return followTiers.map(() => startMillis);
}

/**
 * Plans the poll at this time: one of the widest tier that is due. It overlaps the previous poll of its tier, so that
 * neither a late entry nor an outage leaves a gap.
 */
export function planFollowPoll(state: FollowState, atMillis: number): FollowPoll {
  const polledAt = (index: number) => state[index] ?? atMillis;
  const tier = followTiers.findLastIndex(
    ({ intervalMillis }, index) => atMillis - polledAt(index) >= intervalMillis,
  );
  const { lookbackMillis, visibleAfterMillis } = followTiers[Math.max(0, tier)] ?? followTiers[0];
  const lastMillis = polledAt(Math.max(0, tier));
  return {
    atMillis,
    tier: Math.max(0, tier),
    fromMillis: Math.max(0, lastMillis - lookbackMillis),
    ...(visibleAfterMillis !== undefined && {
      recordedFromMillis: Math.max(0, lastMillis - visibleAfterMillis),
    }),
  };
}

/**
 * Returns the start of the recording times that a poll reads, in epoch milliseconds: the later of its own and that of the
 * search. `undefined` if the poll does not limit them, or if the search limits their end, which could be before the start.
 */
export function limitRecordedFrom(
  { recordedFromMillis }: FollowPoll,
  search: { readonly recordedFromMillis: number | undefined; readonly hasRecordedTo: boolean },
): number | undefined {
  if (recordedFromMillis === undefined || search.hasRecordedTo) return undefined;
  return Math.max(recordedFromMillis, search.recordedFromMillis ?? 0);
}

/** Returns the state after a poll succeeded. After a failed poll, keep the state: the next poll reads the same again. */
export function completeFollowPoll(state: FollowState, { atMillis, tier }: FollowPoll): FollowState {
  return state.map((polledAt, index) => (index <= tier ? atMillis : polledAt));
}

/** Returns the time before which no later poll reads, in epoch milliseconds. */
export function oldestFollowed(state: FollowState): number {
  return Math.min(...state.map((polledAt, index) => polledAt - (followTiers[index]?.lookbackMillis ?? 0)));
}

/** Returns the pause before the next poll, by the time since the last input. */
export function followPauseMillis(idleMillis: number): number {
  return idlePauses.find((pause) => idleMillis >= pause.idleMillis)?.pauseMillis ?? activePauseMillis;
}
