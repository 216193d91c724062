import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { containsSecret, redactionVersion } from '../../core/redaction/engine/redact.ts';
import { InvalidEventError, type SealedEvent, type ServiceEvent, seal } from '../../emitter/index.ts';
import { goodSampleNames, readSample, sampleSecrets } from '../support/fixtures.ts';
import { makeServiceEvent, sampleServiceEvent } from './service-events.ts';

function issuesOf(event: unknown) {
  try {
    seal(event as ServiceEvent);
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidEventError);
    return (error as InvalidEventError).issues;
  }
  throw new Error('the event was sealed');
}

const pathsOf = (event: unknown) => issuesOf(event).map(({ path }) => path);

describe('seal', () => {
  it.each(goodSampleNames)('keeps the id and time of %s and removes all of its secrets', (name) => {
    const sealed = seal(sampleServiceEvent(name));
    const { source, detail } = readSample(name);
    expect(sealed.source).toBe(source);
    expect(sealed.detail.eventId).toBe(detail.eventId);
    expect(sealed.detail.occurredAt).toBe(detail.occurredAt);
    expect(sealed.detail.redaction).toEqual({ version: redactionVersion });
    const text = JSON.stringify(sealed);
    expect(sampleSecrets().filter((secret) => text.includes(secret))).toEqual([]);
  });

  it('adds an id, a time and the version when the service omits them', () => {
    const { detail, ...event } = sampleServiceEvent('05');
    const { eventId: _, occurredAt: __, specVersion: ___, ...rest } = detail;
    const bare = { ...event, detail: rest } as ServiceEvent;
    const sealed = seal(bare);
    expect(sealed.detail.eventId).toMatch(/^[0-9a-f-]{36}$/);
    expect(Math.abs(Date.parse(sealed.detail.occurredAt) - Date.now())).toBeLessThan(60_000);
    expect(sealed.detail.specVersion).toBe('1');
    expect(seal(bare).detail.eventId).not.toBe(sealed.detail.eventId);
  });

  it('returns a sealed event unchanged, even after JSON serialization in an outbox', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (after) => {
        let sealed: SealedEvent;
        try {
          sealed = seal(makeServiceEvent({ after }));
        } catch {
          fc.pre(false);
          return;
        }
        const stored = JSON.stringify(sealed);
        expect(JSON.stringify(seal(sealed))).toBe(stored);
        expect(JSON.stringify(seal(JSON.parse(stored)))).toBe(stored);
      }),
    );
    for (const name of goodSampleNames) {
      const sealed = seal(sampleServiceEvent(name));
      expect(JSON.stringify(seal(sealed))).toBe(JSON.stringify(sealed));
    }
  });

  it('keeps the redaction stamp of a newer release', () => {
    const redaction = { version: redactionVersion + 7 };
    expect(seal(makeServiceEvent({ redaction })).detail.redaction).toEqual(redaction);
  });

  it('does not modify the input event', () => {
    const event = sampleServiceEvent('06');
    const before = structuredClone(event);
    seal(event);
    expect(event).toEqual(before);
  });

  it('accepts a Date, and class instances as states', () => {
    class Database {
      readonly engine = 'postgres';
      readonly createdAt = new Date('2026-11-01T00:00:00Z');
      readonly owner = undefined;
    }
    const sealed = seal(
      makeServiceEvent({ occurredAt: new Date('2026-11-09T13:00:00Z'), after: new Database() }),
    );
    expect(sealed.detail.occurredAt).toBe('2026-11-09T13:00:00.000Z');
    expect(sealed.detail.after).toEqual({ engine: 'postgres', createdAt: '2026-11-01T00:00:00.000Z' });
  });

  it('rejects an invalid event and reports every violation', () => {
    expect(issuesOf(makeServiceEvent({ region: 'eu-wset-1', accountId: '12' }))).toEqual([
      expect.objectContaining({ path: '/detail/accountId', code: 'INVALID_VALUE' }),
      expect.objectContaining({ path: '/detail/region', code: 'INVALID_VALUE' }),
    ]);
    expect(pathsOf(sampleServiceEvent('bad-update-without-before'))).toEqual(['/detail/before']);
    expect(pathsOf({ ...makeServiceEvent(), source: 'mayaops.services' })).toEqual(['/source']);
  });

  it('rejects values that JSON would silently drop', () => {
    const cycle: Record<string, unknown> = {};
    cycle.self = { cycle };
    expect(pathsOf(makeServiceEvent({ after: { a: { 'b/c': Number.NaN } } }))).toEqual([
      '/detail/after/a/b~1c',
    ]);
    expect(pathsOf(makeServiceEvent({ after: { list: [1, 2 ** 53] } }))).toEqual(['/detail/after/list/1']);
    expect(pathsOf(makeServiceEvent({ after: { tags: new Map() } }))).toEqual(['/detail/after/tags']);
    expect(pathsOf(makeServiceEvent({ after: cycle }))).toEqual(['/detail']);
  });

  it('rejects prototype keys, excessive nesting, and values that are not events', () => {
    const after = JSON.parse('{"__proto__":{"polluted":true}}');
    expect(issuesOf(makeServiceEvent({ after }))).toEqual([
      expect.objectContaining({ path: '/detail/after/__proto__', code: 'FORBIDDEN_KEY' }),
    ]);
    let deep: object = {};
    for (let depth = 0; depth < 100_000; depth++) deep = { deep };
    expect(issuesOf(makeServiceEvent({ after: deep }))).toEqual([
      expect.objectContaining({ path: '/detail', code: 'TOO_DEEP' }),
    ]);
    for (const event of [null, undefined, 'text', 7, [], {}, { detailType: 'toString', detail: {} }]) {
      expect(issuesOf(event).length).toBeGreaterThan(0);
    }
    expect(pathsOf({ detailType: 'Service Created' })).toEqual(['/detail']);
  });

  it('names no secret value or key in an error', () => {
    for (const secret of sampleSecrets()) {
      const event = makeServiceEvent({ region: secret, accountId: secret, after: { password: secret } });
      expect(JSON.stringify(issuesOf(event))).not.toContain(secret);
    }
    const keys = sampleSecrets().filter(containsSecret);
    expect(keys.length).toBeGreaterThan(0);
    for (const key of keys) {
      const inState = makeServiceEvent({ after: { [key]: Number.NaN } });
      const inDetail = makeServiceEvent({ [key]: 1 });
      expect(JSON.stringify([issuesOf(inState), issuesOf(inDetail)])).not.toContain(key);
    }
  });
});
