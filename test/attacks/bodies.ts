// Events that are deeply nested, huge, or attempt prototype pollution: each is recorded, rejected or kept in the
// dead-letter queue, and the next event is always recorded.
import { expect, it } from 'vitest';
import type { Harness } from '../e2e/harness.ts';
import { makeEvent } from '../support/fixtures.ts';

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

const numbered = (count: number, make: (index: number) => [string, unknown]) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => make(index)));

/** A state, and the outcome of an event that contains it. */
const states: Readonly<Record<string, { state: unknown; outcome: 'recorded' | 'rejected' | 'dead' }>> = {
  'as deep as allowed': { state: { a: nested(28) }, outcome: 'recorded' },
  'too deep': { state: { a: nested(40) }, outcome: 'rejected' },
  'too deep to be redacted': { state: { a: nested(700) }, outcome: 'dead' },
  'deep JSON in a string': { state: { a: '['.repeat(20_000) + ']'.repeat(20_000) }, outcome: 'recorded' },
  'JSON in JSON in JSON': {
    state: { a: Array.from({ length: 9 }).reduce<string>((text) => JSON.stringify([text]), 'x') },
    outcome: 'recorded',
  },
  'many keys': { state: numbered(8_000, (index) => [`k${index}`, index]), outcome: 'recorded' },
  'one long key': { state: { ['k'.repeat(60_000)]: 1 }, outcome: 'recorded' },
  'one long text': { state: { a: 'ab c'.repeat(30_000) }, outcome: 'recorded' },
  'highly compressible text': { state: { a: ' '.repeat(200_000) }, outcome: 'recorded' },
  'a long list': {
    state: { a: Array.from({ length: 5_000 }, (_, index) => index % 7) },
    outcome: 'recorded',
  },
  'a prototype': { state: JSON.parse('{"__proto__":{"polluted":true}}'), outcome: 'rejected' },
  'a prototype inside': {
    state: JSON.parse('{"a":[{"b":{"__proto__":1}}],"fox":"🦊"}'),
    outcome: 'rejected',
  },
  'a constructor': {
    state: { constructor: { prototype: { polluted: true } }, toString: 1, valueOf: null },
    outcome: 'recorded',
  },
  'base64 of base64 of base64': {
    state: {
      a: Array.from({ length: 12 }).reduce<string>(
        (text) => Buffer.from(text).toString('base64'),
        'harmless text',
      ),
    },
    outcome: 'recorded',
  },
  'numbers at the limits': {
    state: { a: [9007199254740991, -0, 1e-320, 5e-324, 1.7976931348623157e308] },
    outcome: 'recorded',
  },
};

export function describeBodies(harness: () => Harness): void {
  it('records, rejects or dead-letters each event, and continues', async () => {
    const events = Object.entries(states).map(([name, { state }], number) =>
      makeEvent({
        eventId: `body-${number}`,
        occurredAt: '2026-09-01T00:00:00Z',
        detail: {
          before: { name },
          after: state,
          target: { kind: 'RESOURCE', type: 'rds', id: 'r', name: `body-${number}` },
        },
      }),
    );
    const sent = await harness().emit(events, '--raw');
    expect(sent.code, sent.output.slice(0, 2000)).toBe(0);
    const rejected = harness().messages('Rejected').join('\n');
    const dead = harness().messages('DeadLetter').join('\n');
    for (const [number, [name, { outcome }]] of Object.entries(states).entries()) {
      const ids = await harness().ids(`resource=body-${number}`);
      expect(ids.length, name).toBe(outcome === 'recorded' ? 1 : 0);
      if (outcome === 'rejected') expect(rejected, name).toContain(`"body-${number}"`);
      if (outcome === 'dead') expect(dead, name).toContain(`"body-${number}"`);
      for (const id of ids) expect((await harness().get(`/request-logs/${id}`)).status, name).toBe(200);
    }
    expect(Reflect.get({}, 'polluted')).toBe(undefined);
    await harness().emit([makeEvent({ eventId: 'after-bodies', detail: { environment: 'last' } })]);
    expect(await harness().ids('environment=last')).toHaveLength(1);
  }, 240_000);

  it('rejects oversized URLs and bodies', async () => {
    const token = await harness().stack.token('admin');
    const headers = { authorization: `Bearer ${token}` };
    for (const size of [5_000, 12_000, 40_000]) {
      const { status } = await fetch(`${harness().stack.url}/request-logs?user=${'x'.repeat(size)}`, {
        headers,
      });
      expect([400, 414, 431]).toContain(status);
    }
    const body = Buffer.alloc(11 * 1024 * 1024);
    const { status } = await fetch(`${harness().stack.url}/request-logs`, { method: 'POST', headers, body });
    expect([404, 413]).toContain(status);
  });
}
