import { describe, expect, it } from 'vitest';
import { detailTypes } from '../../../core/contract/vocabulary.ts';
import { type ServiceEvent, seal } from '../../../emitter/index.ts';
import { tellStory } from '../../../local/demo/story.ts';

const until = Date.parse('2026-11-30T16:00:00Z');
const story = tellStory(1, until);
const eventsOf = (id: string) =>
  story.map(({ event }) => event).filter(({ detail }) => detail.target.id === id);

describe('tellStory', () => {
  it('tells valid events of the last 30 days in the order of recording, the same for the same time', () => {
    for (const { event } of story) expect(() => seal(event as unknown as ServiceEvent)).not.toThrow();
    const recorded = story.map(({ recordedAtMillis }) => recordedAtMillis);
    expect(recorded).toEqual(recorded.toSorted((left, right) => left - right));
    expect(Math.max(...recorded)).toBeLessThanOrEqual(until);
    expect(Math.min(...recorded)).toBeGreaterThan(until - 30 * 86_400_000);
    expect(tellStory(1, until)).toEqual(story);
  });

  it.each(['2026-11-29T00:00:30Z', '2026-11-30T09:00:00Z', '2027-03-01T12:00:00Z'])(
    'is consistent at %s: each before is the state after the last allowed action, with one gap',
    (time) => {
      const states = new Map<string, unknown>();
      const gaps: string[] = [];
      for (const { event } of tellStory(1, Date.parse(time)).toSorted((left, right) =>
        left.event.detail.occurredAt < right.event.detail.occurredAt ? -1 : 1,
      )) {
        const { detail } = event;
        const { action } = detailTypes[event.detailType];
        const state = states.get(detail.target.id);
        if (action === 'CREATE') expect(state).toBe(undefined);
        else if (JSON.stringify(detail.before) !== JSON.stringify(state)) gaps.push(detail.target.name);
        if (action === 'UPDATE') expect(detail.after).not.toEqual(detail.before);
        if (detail.authorization.decision === 'DENIED') continue;
        if (action === 'DELETE') states.delete(detail.target.id);
        else states.set(detail.target.id, detail.after);
      }
      expect(gaps).toEqual(['ledger-d']);
    },
  );

  it('has an incident with its fix, denied attempts, a rename, a second life, and late entries', () => {
    const isOpen = eventsOf('res-9d0b51').map(({ detail }) => detail.after?.publiclyAccessible === true);
    expect(isOpen).toContain(true);
    expect(isOpen.at(-1)).toBe(false);
    const denied = story.filter(({ event }) => event.detail.actor.role === 'Contractor');
    expect(denied.length).toBeGreaterThan(10);
    expect(denied.every(({ event }) => event.detail.authorization.decision === 'DENIED')).toBe(true);
    expect(new Set(eventsOf('res-5e5510').map(({ detail }) => detail.target.name))).toEqual(
      new Set(['sessions', 'logins-c']),
    );
    expect(eventsOf('res-7a1a10').map(({ detailType }) => detailType)).toEqual([
      'Resource Created',
      'Resource Deleted',
      'Resource Created',
    ]);
    const isLate = ({ event, recordedAtMillis }: (typeof story)[number]) =>
      recordedAtMillis - Date.parse(event.detail.occurredAt) > 15 * 60_000;
    expect(story.filter(isLate)).toHaveLength(3);
  });
});
