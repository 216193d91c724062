import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriveEntryId } from '../../../core/entry/derive-entry-id.ts';
import type { ListItem } from '../../../core/entry/entry.ts';
import { timeOf } from '../../../core/entry/entry-id.ts';
import {
  completeFollowPoll,
  followPauseMillis,
  followTiers,
  oldestFollowed,
  planFollowPoll,
  startFollowing,
} from '../../../core/search/follow-schedule.ts';
import { TailDeduplicator } from '../../../core/search/tail-deduplicator.ts';

const start = Date.parse('2026-11-10T00:00:00.000Z');
const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

interface Arrival {
  readonly id: string;
  readonly occurredAt: number;
  readonly recordedAt: number;
  /** The time from which a poll finds it. */
  readonly visibleAt: number;
}

const delays = (max: number) => fc.oneof(fc.nat(minute), fc.nat(20 * minute), fc.nat(max));

/** Entries that are recorded up to a day late, and visible up to an hour later. At most a day in total. */
const arrivals: fc.Arbitrary<Arrival[]> = fc
  .array(fc.tuple(fc.nat(3 * hour), delays(day), delays(hour), fc.nat(15 * minute)), { maxLength: 40 })
  .map((all) =>
    all.map(([visible, late, lag, ahead], number) => {
      const visibleAt = start + 1 + visible;
      const recordedAt = visibleAt - lag;
      // A producer's clock can be ahead.
      const occurredAt = late === 0 ? recordedAt + ahead : Math.max(visibleAt - day, recordedAt - late);
      const source = { organizationId: 'acme', source: 'mayaops.services', eventId: `e-${number}` };
      return {
        id: deriveEntryId({ ...source, occurredAtMillis: occurredAt }),
        occurredAt,
        recordedAt,
        visibleAt,
      };
    }),
  );

/** Polls that follow each other, some failed, with outages and pauses of idle pages. */
const polls = fc.array(
  fc.record({
    pause: fc.oneof(fc.integer({ min: 1, max: 10 * second }), fc.integer({ min: 1, max: hour })),
    isFailed: fc.boolean(),
  }),
  { maxLength: 60 },
);

describe('planFollowPoll', () => {
  it('finds every entry once, in any order and up to a day late, as soon as its tier polls', () => {
    fc.assert(
      fc.property(arrivals, polls, (all, series) => {
        let state = startFollowing(start);
        const deduplicator = new TailDeduplicator<Pick<ListItem, 'id' | 'recordedAt'>>();
        const found = new Set<string>();
        let at = start;
        for (const { pause, isFailed } of [...series, { pause: 4 * hour, isFailed: false }]) {
          at += pause;
          const poll = planFollowPoll(state, at);
          if (isFailed) continue;
          const { fromMillis, recordedFromMillis = 0 } = poll;
          expect(fromMillis).toBeGreaterThanOrEqual(oldestFollowed(state));
          deduplicator.startPoll(oldestFollowed(state));
          const read = all.filter(
            ({ id, recordedAt, visibleAt }) =>
              timeOf(id) >= fromMillis && recordedAt >= recordedFromMillis && visibleAt <= at,
          );
          const items = read.map(({ id, recordedAt }) => ({
            id,
            recordedAt: new Date(recordedAt).toISOString(),
          }));
          for (const { item } of deduplicator.take(items)) {
            expect(found.has(item.id)).toBe(false);
            found.add(item.id);
          }
          state = completeFollowPoll(state, poll);
          const { lookbackMillis, visibleAfterMillis = 5 * minute } =
            followTiers[poll.tier] ?? followTiers[0];
          for (const { id, occurredAt, recordedAt, visibleAt } of all) {
            if (visibleAt > at || visibleAt - occurredAt > lookbackMillis) continue;
            if (visibleAt - recordedAt <= visibleAfterMillis) expect(found.has(id)).toBe(true);
          }
        }
        expect(found.size).toBe(all.length);
      }),
      { numRuns: 300 },
    );
  });

  it('reads the last minute often, 15 minutes each minute, and the last day every five minutes', () => {
    let state = startFollowing(start);
    const counts = [0, 0, 0];
    for (let at = start + 5 * second; at <= start + 10 * minute; at += 5 * second) {
      const poll = planFollowPoll(state, at);
      counts[poll.tier] = (counts[poll.tier] ?? 0) + 1;
      state = completeFollowPoll(state, poll);
    }
    expect(counts).toEqual([110, 8, 2]);
  });
});

describe('followPauseMillis', () => {
  it('grows while nobody uses the page', () => {
    expect([0, 9, 10, 59, 60, 600].map((minutes) => followPauseMillis(minutes * minute) / second)).toEqual([
      5, 5, 60, 60, 300, 300,
    ]);
  });
});
