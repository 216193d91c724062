// Events that are deep, huge or made to pollute: each is recorded, rejected or kept in the dead letters, and the next
// one is recorded all the same.
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

/** A state and what becomes of an event that has it. */
const states: Readonly<Record<string, { state: unknown; fate: 'recorded' | 'rejected' | 'dead' }>> = {
  'as deep as allowed': { state: { a: nested(28) }, fate: 'recorded' },
  'too deep': { state: { a: nested(40) }, fate: 'rejected' },
  'too deep to be redacted': { state: { a: nested(700) }, fate: 'dead' },
  'deep JSON in a string': { state: { a: '['.repeat(20_000) + ']'.repeat(20_000) }, fate: 'recorded' },
  'JSON in JSON in JSON': {
    state: { a: Array.from({ length: 9 }).reduce<string>((text) => JSON.stringify([text]), 'x') },
    fate: 'recorded',
  },
  'many keys': { state: numbered(8_000, (index) => [`k${index}`, index]), fate: 'recorded' },
  'one long key': { state: { ['k'.repeat(60_000)]: 1 }, fate: 'recorded' },
  'one long text': { state: { a: 'ab c'.repeat(30_000) }, fate: 'recorded' },
  'text that packs to nothing': { state: { a: ' '.repeat(200_000) }, fate: 'recorded' },
  'a long list': { state: { a: Array.from({ length: 5_000 }, (_, index) => index % 7) }, fate: 'recorded' },
  'a prototype': { state: JSON.parse('{"__proto__":{"polluted":true}}'), fate: 'rejected' },
  'a prototype inside': {
    state: JSON.parse('{"a":[{"b":{"__proto__":1}}],"fox":"🦊"}'),
    fate: 'rejected',
  },
  'a constructor': {
    state: { constructor: { prototype: { polluted: true } }, toString: 1, valueOf: null },
    fate: 'recorded',
  },
  'base64 of base64 of base64': {
    state: {
      a: Array.from({ length: 12 }).reduce<string>(
        (text) => Buffer.from(text).toString('base64'),
        'harmless text',
      ),
    },
    fate: 'recorded',
  },
  'numbers at the edge': {
    state: { a: [9007199254740991, -0, 1e-320, 5e-324, 1.7976931348623157e308] },
    fate: 'rejected',
  },
};

export function describeBodies(harness: () => Harness): void {
  it('records, rejects or sets aside each, and goes on', async () => {
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
    for (const [number, [name, { fate }]] of Object.entries(states).entries()) {
      const ids = await harness().ids(`resource=body-${number}`);
      expect(ids.length, name).toBe(fate === 'recorded' ? 1 : 0);
      if (fate === 'rejected') expect(rejected, name).toContain(`"body-${number}"`);
      if (fate === 'dead') expect(dead, name).toContain(`"body-${number}"`);
      for (const id of ids) expect((await harness().get(`/request-logs/${id}`)).status, name).toBe(200);
    }
    expect(Reflect.get({}, 'polluted')).toBe(undefined);
    await harness().emit([makeEvent({ eventId: 'after-bodies', detail: { environment: 'last' } })]);
    expect(await harness().ids('environment=last')).toHaveLength(1);
  }, 240_000);

  it('answers oversize URLs and bodies by itself', async () => {
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
