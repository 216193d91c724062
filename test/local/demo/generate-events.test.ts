import { describe, expect, it } from 'vitest';
import { detailTypes } from '../../../core/contract/vocabulary.ts';
import type { ServiceEvent } from '../../../emitter/index.ts';
import { seal } from '../../../emitter/seal.ts';
import { type DemoEvent, generateEvents } from '../../../local/demo/generate-events.ts';
import { readSamples } from '../../../local/demo/samples.ts';

const dayMillis = 24 * 60 * 60 * 1000;
const to = Date.UTC(2026, 10, 20);
const options = { seed: 7, count: 600, from: to - 30 * dayMillis, to };
const events = [...generateEvents(options)];

const withoutTime = ({ detailType, detail: { occurredAt: _, ...detail } }: DemoEvent) => ({
  detailType,
  detail,
});

describe('generateEvents', () => {
  it('generates the requested number of events, in order and within the range', () => {
    const times = events.map(({ detail }) => Date.parse(detail.occurredAt));
    expect(events).toHaveLength(600);
    expect(times).toEqual(times.toSorted((left, right) => left - right));
    expect(times.every((time) => time >= options.from && time <= options.to)).toBe(true);
  });

  it('generates the same events for the same seed with any dates, and different events for another seed', () => {
    const later = [
      ...generateEvents({ ...options, from: options.from + 3 * dayMillis, to: to + 5 * dayMillis }),
    ];
    expect(later.map(withoutTime)).toEqual(events.map(withoutTime));
    expect([...generateEvents({ ...options, seed: 8 })].map(withoutTime)).not.toEqual(
      events.map(withoutTime),
    );
  });

  it('generates valid events', () => {
    for (const event of events) expect(() => seal(event as unknown as ServiceEvent)).not.toThrow();
  });

  it('generates consistent histories: each before is the state after the last allowed action', () => {
    const states = new Map<string, unknown>();
    for (const { detailType, detail } of events) {
      const { action } = detailTypes[detailType];
      const key = `${detail.organizationId}/${detail.target.id}`;
      if (action === 'CREATE') expect(states.has(key)).toBe(false);
      else expect(detail.before).toEqual(states.get(key));
      if (action === 'UPDATE') expect(detail.after).not.toEqual(detail.before);
      if (detail.authorization.decision === 'DENIED') continue;
      if (action === 'DELETE') states.delete(key);
      else states.set(key, detail.after);
    }
  });

  it('covers all organizations, kinds, and actions, and pipelines, denials, and violations', () => {
    const seen = (value: (event: DemoEvent) => unknown) => new Set(events.map(value));
    expect(seen(({ detail }) => detail.organizationId)).toEqual(new Set(['acme', 'globex']));
    expect(seen(({ detail }) => detail.target.type)).toEqual(new Set(['ecs-service', 'rds', 'ec']));
    expect(seen(({ detailType }) => detailType)).toEqual(new Set(Object.keys(detailTypes)));
    expect(seen(({ detail }) => detail.actor.type)).toEqual(new Set(['user', 'service', 'agent']));
    expect(events.some(({ detail }) => detail.workRef !== undefined)).toBe(true);
    expect(seen(({ detail }) => detail.authorization.decision)).toEqual(new Set(['ALLOWED', 'DENIED']));
    const isViolation = ({ detail }: DemoEvent) =>
      detail.actor.role === 'Viewer' && detail.authorization.decision === 'ALLOWED';
    expect(events.some(isViolation)).toBe(true);
  });

  it('gives every event a unique id', () => {
    expect(new Set(events.map(({ detail }) => detail.eventId)).size).toBe(events.length);
  });
});

describe('readSamples', () => {
  it('returns the valid sample events', () => {
    expect(readSamples().map(({ detail }) => detail.eventId)).toHaveLength(12);
  });
});
