import { describe, expect, it } from 'vitest';
import { ServerClock } from '../../../client/server-clock.ts';
import { describeClockDifference } from '../../../dashboard/src/network/describe-clock-difference.ts';

const serverNow = Date.parse('2026-11-29T12:00:00Z');
const minute = 60_000;
const answer = (headers: Record<string, string>) => ({ headers: new Headers(headers) });
const dated = (millis: number) => answer({ date: new Date(millis).toUTCString() });

function clockAhead(aheadMillis: number): ServerClock {
  return new ServerClock(() => serverNow + aheadMillis);
}

describe('ServerClock', () => {
  it.each([20 * minute, -20 * minute])('corrects a computer that is %i ms ahead', (aheadMillis) => {
    const clock = clockAhead(aheadMillis);
    clock.readResponse(dated(serverNow));
    expect(Math.abs(clock.now() - serverNow)).toBeLessThan(1000);
  });

  it('ignores differences that a slow response explains', () => {
    const clock = clockAhead(0);
    clock.readResponse(dated(serverNow - 4000));
    expect(clock.now()).toBe(serverNow);
  });

  it('adds the age of a cached response', () => {
    const clock = clockAhead(0);
    clock.readResponse(answer({ date: new Date(serverNow - 600_000).toUTCString(), age: '600' }));
    expect(clock.now()).toBe(serverNow);
  });

  it.each([[{}], [{ date: 'yesterday' }]])('ignores a response with the headers %j', (headers) => {
    const clock = clockAhead(20 * minute);
    clock.readResponse(answer(headers));
    expect(clock.aheadMillis).toBe(0);
  });

  it('calls its listeners only when the difference changes', () => {
    const clock = clockAhead(20 * minute);
    let calls = 0;
    const stop = clock.subscribe(() => calls++);
    for (const late of [0, 1000, 2000]) clock.readResponse(dated(serverNow - late));
    expect(calls).toBe(1);
    stop();
    clock.readResponse(dated(serverNow + 20 * minute));
    expect([calls, clock.aheadMillis]).toEqual([1, 0]);
  });
});

describe('describeClockDifference', () => {
  it('warns from one minute', () => {
    expect(describeClockDifference(59_000)).toBeUndefined();
    expect(describeClockDifference(20 * minute)).toContain('20 min ahead of the server');
    expect(describeClockDifference(-3 * 60 * minute)).toContain('3 h behind the server');
  });
});
