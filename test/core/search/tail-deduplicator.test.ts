import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriveEntryId } from '../../../core/entry/derive-entry-id.ts';
import { TailDeduplicator } from '../../../core/search/tail-deduplicator.ts';

const window = 900;
const start = 1_000_000;

interface Arrival {
  readonly id: string;
  readonly occurredAt: number;
  /** The time from which a poll finds it. */
  readonly visibleAt: number;
}

const arrivals: fc.Arbitrary<Arrival[]> = fc
  .array(
    fc.record({
      offset: fc.integer({ min: -window, max: 5 * window }),
      lag: fc.integer({ min: 0, max: window }),
    }),
    {
      maxLength: 60,
    },
  )
  .map((all) =>
    all.map(({ offset, lag }, number) => {
      const occurredAt = start + offset;
      const id = deriveEntryId({
        organizationId: 'acme',
        source: 'mayaops.services',
        eventId: `e-${number}`,
        occurredAtMillis: occurredAt,
      });
      return { id, occurredAt, visibleAt: occurredAt + lag };
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
        const fold = new TailDeduplicator<{ id: string }>();
        const given: string[] = [];
        for (const { from, at } of pollsOf(pausesBetween)) {
          const newestBefore = given.reduce((newest, id) => (id > newest ? id : newest), '');
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
});
