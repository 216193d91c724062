import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriveEntryId } from '../../../core/entry/derive-entry-id.ts';
import { TailDeduplicator } from '../../../core/search/tail-deduplicator.ts';

const window = 900;
const start = 1_000_000;

interface Arrival {
  readonly id: string;
  readonly occurredAt: number;
  readonly recordedAt: string;
  /** The time from which a poll finds it. */
  readonly visibleAt: number;
}

const arrivals: fc.Arbitrary<Arrival[]> = fc
  .array(
    fc.record({
      offset: fc.integer({ min: -window, max: 5 * window }),
      lag: fc.integer({ min: 0, max: window }),
      // Below 0: the clock of the service is ahead of the recorder's.
      skew: fc.integer({ min: -2, max: 2 }),
    }),
    {
      maxLength: 60,
    },
  )
  .map((all) =>
    all.map(({ offset, lag, skew }, number) => {
      const occurredAt = start + offset;
      const id = deriveEntryId({
        organizationId: 'acme',
        source: 'mayaops.services',
        eventId: `e-${number}`,
        occurredAtMillis: occurredAt,
      });
      const recordedAt = new Date(occurredAt + skew).toISOString();
      return { id, occurredAt, recordedAt, visibleAt: occurredAt + lag };
    }),
  );

/** Times between polls. A time longer than the window is an outage. */
const pauses = fc.array(fc.integer({ min: 1, max: 2 * window }), { minLength: 1, maxLength: 30 });

/** Returns the polls of the follow command. Each starts one window before the previous poll. */
function pollsOf(pausesBetween: readonly number[]): { readonly from: number; readonly at: number }[] {
  let [from, at] = [start - window, start];
  return [0, ...pausesBetween, 2 * window].map((pause) => {
    const poll = { from: at === start && pause === 0 ? from : at - window, at: at + pause };
    at += pause;
    from = poll.from;
    return poll;
  });
}

describe('TailDeduplicator', () => {
  it('returns each entry once, oldest first within a poll, even if it is found late', () => {
    fc.assert(
      fc.property(arrivals, pauses, fc.integer({ min: 1, max: 7 }), (all, pausesBetween, pageSize) => {
        const fold = new TailDeduplicator<Arrival>();
        const given: string[] = [];
        const punctual: string[] = [];
        for (const { from, at } of pollsOf(pausesBetween)) {
          const newestBefore = punctual.reduce((newest, id) => (id > newest ? id : newest), '');
          const found = all
            .filter(({ occurredAt, visibleAt }) => occurredAt >= from && visibleAt <= at)
            .sort((a, b) => (a.id < b.id ? -1 : 1));
          fold.startPoll(from);
          const fresh = [];
          for (let page = 0; page < found.length; page += pageSize) {
            fresh.push(...fold.take(found.slice(page, page + pageSize)));
          }
          expect(fresh.map(({ item }) => item.id)).toEqual(fresh.map(({ item }) => item.id).sort());
          for (const { item, isLate } of fresh) expect(isLate).toBe(item.id < newestBefore);
          given.push(...fresh.map(({ item }) => item.id));
          const isPunctual = ({ item }: { item: Arrival }) => Date.parse(item.recordedAt) >= item.occurredAt;
          punctual.push(...fresh.filter(isPunctual).map(({ item }) => item.id));
        }
        expect(new Set(given).size).toBe(given.length);
        const last = pollsOf(pausesBetween).at(-1)?.at ?? 0;
        const due = all.filter(
          ({ occurredAt, visibleAt }) => occurredAt >= start - window && visibleAt <= last,
        );
        expect([...given].sort()).toEqual(due.map(({ id }) => id).sort());
      }),
    );
  });

  it('does not call punctual entries late because of one whose time is ahead of the recorder', () => {
    const recordedAt = (millis: number) => new Date(start + millis).toISOString();
    const idAt = (millis: number) =>
      deriveEntryId({
        organizationId: 'acme',
        source: 'mayaops.services',
        eventId: `at-${millis}`,
        occurredAtMillis: start + millis,
      });
    const tail = new TailDeduplicator<{ id: string; recordedAt: string }>();
    const poll = (occurred: number, recorded: number) => {
      tail.startPoll(0);
      return tail
        .take([{ id: idAt(occurred), recordedAt: recordedAt(recorded) }])
        .map(({ isLate }) => isLate);
    };
    expect(poll(600_000, 1)).toEqual([false]);
    expect(poll(2_000, 2_500)).toEqual([false]);
    expect(poll(3_000, 3_500)).toEqual([false]);
    expect(poll(1_000, 4_000)).toEqual([true]);
  });
});
