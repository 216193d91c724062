// Cursors that were never issued: altered, truncated, swapped or invented. Each is rejected or stays within what
// its caller can read.
import { expect, it } from 'vitest';
import type { Harness } from '../e2e/harness.ts';
import { base64UrlSigns, runSeed, Seeded } from './seeded.ts';

const rounds = 40;

function forge(seeded: Seeded, cursor: string): string {
  const content = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  const coded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const key = seeded.one(Object.keys(content));
  const oddValue = seeded.one<unknown>([
    null,
    true,
    -1,
    1e308,
    '',
    '#',
    '\u0000',
    [],
    {},
    { $gt: '' },
    'x'.repeat(300),
    '__proto__',
    'zzzz',
  ]);
  const at = seeded.int(0, cursor.length - 1);
  return seeded.one<() => string>([
    () => cursor.slice(0, at) + seeded.one([...base64UrlSigns]) + cursor.slice(at + 1),
    () => cursor.slice(0, at),
    () => cursor + seeded.text(seeded.int(1, 600), base64UrlSigns),
    () => coded({ ...content, [key]: oddValue }),
    () => coded({ ...content, [seeded.one(['__proto__', 'constructor', 'pk', 'partition'])]: oddValue }),
    () => coded(Object.fromEntries(Object.entries(content).filter(([name]) => name !== key))),
    () => coded(seeded.one<unknown>([null, [], 'x', 7, [content]])),
    () => seeded.text(seeded.int(0, 700), base64UrlSigns),
    () => coded('['.repeat(400)),
    () => Buffer.from([0xff, 0xfe, 0, 0x80]).toString('base64url'),
  ])();
}

export function describeCursors(harness: () => Harness): void {
  it.each([
    '/request-logs?limit=2',
    '/request-logs/directory/resources?limit=2',
    '/request-logs/export?format=ndjson&limit=2',
  ])('at %s are rejected when they are forged, or stay within the permissions', async (path) => {
    const seeded = new Seeded(runSeed);
    const first = await harness().stack.token('admin');
    const start = await fetch(`${harness().stack.url}${path}`, {
      headers: { authorization: `Bearer ${first}` },
    });
    const page = await start.text();
    const cursor = start.headers.get('x-next-cursor') ?? JSON.parse(page).nextCursor;
    for (let round = 0; round < rounds; round++) {
      const forged = forge(seeded, cursor);
      const target = `${path}&cursor=${encodeURIComponent(forged)}`;
      const response = await fetch(`${harness().stack.url}${target}`, {
        headers: { authorization: `Bearer ${first}` },
      });
      const text = await response.text();
      expect([200, 400], `${target}\n${text}`).toContain(response.status);
      if (response.status === 400)
        expect(JSON.parse(text), target).toMatchObject({ code: 'INVALID_CURSOR', field: 'cursor' });
      else expect(text, target).not.toContain('globex');
    }
  });
}
