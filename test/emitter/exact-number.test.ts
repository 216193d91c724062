import { describe, expect, it } from 'vitest';
import { exactNumber, InvalidEventError, type ServiceEvent, seal } from '../../emitter/index.ts';
import { readSample } from '../support/fixtures.ts';

function eventWith(after: object): ServiceEvent {
  const { detail } = readSample('05');
  return { detailType: 'Resource Updated', detail: { ...detail, after } } as unknown as ServiceEvent;
}

describe('exactNumber', () => {
  it('is a number if a double holds it, otherwise the exact number', () => {
    expect(exactNumber('1.50')).toBe(1.5);
    expect(exactNumber('12345678901234567.89')).toEqual({ $number: '12345678901234567.89' });
  });

  it.each(['', 'NaN', '1,5', '0x1F', '01', ' 1', '1n', '1'.repeat(1001)])('rejects %j', (text) => {
    expect(() => exactNumber(text)).toThrow(TypeError);
  });
});

describe('seal', () => {
  it('keeps exact numbers and bigints', () => {
    const after = {
      small: 5n,
      large: 10_000_000_000_000_000_001n,
      price: exactNumber('0.12345678901234567890'),
    };
    const { detail } = seal(eventWith(after));
    expect(detail.after).toEqual({
      small: 5,
      large: { $number: '10000000000000000001' },
      price: { $number: '0.12345678901234567890' },
    });
    // An outbox can store it as JSON.
    const stored = JSON.parse(JSON.stringify({ ...seal(eventWith(after)) }));
    expect(seal(stored).detail.after).toEqual(detail.after);
  });

  it('rejects an integer that JavaScript has already rounded', () => {
    expect(() => seal(eventWith({ n: 2 ** 60 }))).toThrow(InvalidEventError);
    expect(() => seal(eventWith({ n: 2 ** 60 }))).toThrow('a bigint, exactNumber(), or a string');
  });
});
