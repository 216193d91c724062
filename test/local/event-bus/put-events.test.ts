import { describe, expect, it } from 'vitest';
import { checkEntry, entryBytes, makeEvent } from '../../../local/event-bus/put-events.ts';

const entry = { Source: 'shop', DetailType: 'Sold', Detail: '{"price": 1.10, "price": 2}' };

describe('entryBytes', () => {
  it('counts UTF-8 bytes, and 14 bytes for a time', () => {
    expect(entryBytes({ Source: 'é', DetailType: 'b', Detail: '{}', Resources: ['abc'] })).toBe(
      2 + 1 + 2 + 3,
    );
    expect(entryBytes({ Source: 'a', DetailType: 'b', Detail: '{}', Time: 0 })).toBe(4 + 14);
  });
});

describe('checkEntry', () => {
  it.each([
    [entry, undefined],
    [{ ...entry, Source: undefined }, 'InvalidArgument'],
    [{ ...entry, DetailType: '' }, 'InvalidArgument'],
    [{ ...entry, Detail: undefined }, 'InvalidArgument'],
    [{ ...entry, Detail: 'text' }, 'MalformedDetail'],
    [{ ...entry, Detail: '[1]' }, 'MalformedDetail'],
    [{ ...entry, Source: 'aws.s3' }, 'NotAuthorizedForSourceException'],
  ])('returns for %j: %s', (given, code) => {
    expect(checkEntry(given)?.ErrorCode).toBe(code);
  });
});

describe('makeEvent', () => {
  it("wraps the original text of the detail, with the caller's account and whole seconds", () => {
    const event = makeEvent({ ...entry, Time: 1_762_000_000.9 }, '111122223333', 'eu-west-1');
    expect(event.json).toContain(`"detail":${entry.Detail}}`);
    expect(JSON.parse(event.json)).toMatchObject({
      version: '0',
      id: event.id,
      'detail-type': 'Sold',
      source: 'shop',
      account: '111122223333',
      time: '2025-11-01T12:26:40Z',
      region: 'eu-west-1',
      resources: [],
    });
    expect(event.fields.detail).toEqual({ price: 2 });
  });
});
