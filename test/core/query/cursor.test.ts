import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeCursor,
  decodeLogCursor,
  encodeCursor,
  encodeLogCursor,
  maxCursorLength,
} from '../../../core/query/cursor.ts';
import type { Query } from '../../../core/query/query.ts';
import { errorCodes } from '../../../core/values/errors.ts';
import { makeEntry } from '../../support/entries.ts';
import { makeCaller } from '../../support/fixtures.ts';
import { makeQuery } from '../../support/search.ts';

const { id: position } = makeEntry({ eventId: 'e-1' });
const continuation = { position, index: 'byTime' };
const query = makeQuery({ filters: { user: ['u-1'] }, recordedFromMillis: 1, recordedToMillis: 2 });
const cursor = encodeCursor(continuation, query, makeCaller());

const invalid = (message: string) =>
  expect.objectContaining({ code: errorCodes.invalidCursor, field: 'cursor', message });
const ofAnotherQuery = invalid(
  'cursor was issued for a different query; send it with the parameters of the previous page',
);
const malformed = invalid('cursor must be the nextCursor of a previous response');

describe('decodeCursor', () => {
  it('returns what was encoded, for any page size', () => {
    expect(decodeCursor(cursor, query, makeCaller())).toEqual(continuation);
    expect(decodeCursor(cursor, { ...query, limit: 7, debug: true }, makeCaller({ userId: 'u-9' }))).toEqual(
      continuation,
    );
    expect(cursor.length).toBeLessThanOrEqual(maxCursorLength);
  });

  it.each<[string, Partial<Query>]>([
    ['start', { fromMillis: 1 }],
    ['end', { toMillis: 5 }],
    ['start of recording', { recordedFromMillis: 0 }],
    ['end of recording', { recordedToMillis: undefined }],
    ['filter', { filters: { user: ['u-2'] } }],
    ['number of filters', { filters: {} }],
    ['order', { order: 'asc' }],
    ['log order', { order: 'desc', isInLogOrder: true }],
  ])('rejects a cursor of a query with another %s', (_case, change) => {
    expect(() => decodeCursor(cursor, { ...query, ...change }, makeCaller())).toThrow(ofAnotherQuery);
  });

  it('rejects a cursor of another organization or account limit', () => {
    const limited = (...accounts: string[]) => makeCaller({ accounts });
    for (const caller of [makeCaller({ organizationId: 'globex' }), limited('1'), limited()])
      expect(() => decodeCursor(cursor, query, caller)).toThrow(ofAnotherQuery);
    const own = encodeCursor(continuation, query, limited('1'));
    expect(decodeCursor(own, query, limited('1'))).toEqual(continuation);
    expect(() => decodeCursor(own, query, makeCaller())).toThrow(ofAnotherQuery);
  });

  it('rejects any other text without another error', () => {
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const content = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as Record<string, unknown>;
    expect(decodeCursor(encode(content), query, makeCaller())).toEqual(continuation);
    for (const text of [
      '',
      'x',
      encode(null),
      encode([]),
      encode({ ...content, v: 2 }),
      encode({ ...content, p: 'x' }),
      encode({ ...content, i: 1 }),
      encode({ ...content, more: 1 }),
      encode({ ...content, q: undefined }),
      encode({ ...content, i: 'x'.repeat(maxCursorLength) }),
      encodeLogCursor(3, query, makeCaller()),
    ])
      expect(() => decodeCursor(text, query, makeCaller())).toThrow(malformed);
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => decodeCursor(text, query, makeCaller())).toThrow(malformed);
      }),
    );
  });
});

describe('decodeLogCursor', () => {
  const logQuery = makeQuery({ order: 'asc', isInLogOrder: true });

  it('returns the index of the next leaf, up to the size of the log', () => {
    const decoded = decodeLogCursor(encodeLogCursor(7, logQuery, makeCaller()), logQuery, makeCaller());
    expect([decoded.requireWithin(7), decoded.requireWithin(8)]).toEqual([7, 7]);
    expect(() => decoded.requireWithin(6)).toThrow(
      invalid(
        'cursor is ahead of the sealed log, which was restored or replaced since the cursor was issued',
      ),
    );
  });

  it('rejects a negative index, a fraction, another query and a cursor of a list by time', () => {
    for (const index of [-1, 1.5])
      expect(() =>
        decodeLogCursor(encodeLogCursor(index, logQuery, makeCaller()), logQuery, makeCaller()),
      ).toThrow(malformed);
    const encoded = encodeLogCursor(0, logQuery, makeCaller());
    expect(decodeLogCursor(encoded, logQuery, makeCaller()).requireWithin(0)).toBe(0);
    expect(() => decodeLogCursor(encoded, makeQuery({ order: 'asc' }), makeCaller())).toThrow(ofAnotherQuery);
    expect(() => decodeLogCursor(cursor, query, makeCaller())).toThrow(malformed);
  });
});
