import { describe, expect, it } from 'vitest';
import { followPauseMillis } from '../../../core/search/follow-schedule.ts';
import { Activity } from '../../../dashboard/src/list/activity.ts';

const minute = 60_000;

/** A page whose clock moves only while it sleeps. `onSleep` runs after each sleep, with the time. */
function makePage(onSleep: (now: number) => void = () => {}) {
  const document = Object.assign(new EventTarget(), { hidden: false });
  const page = {
    clock: 0,
    window: new EventTarget(),
    document,
    now: () => page.clock,
    sleep: async (millis: number) => {
      page.clock += millis;
      onSleep(page.clock);
    },
  };
  const ending = new AbortController();
  const activity = new Activity(page, ending.signal);
  const wait = () => activity.wait(() => followPauseMillis(activity.idleMillis), ending.signal);
  return { page, document, activity, ending, wait };
}

describe('Activity', () => {
  it('counts the time since the last input', () => {
    const { page, activity } = makePage();
    page.clock = 3 * minute;
    expect(activity.idleMillis).toBe(3 * minute);
    page.window.dispatchEvent(new Event('keydown'));
    expect(activity.idleMillis).toBe(0);
  });

  it('waits longer while the page is idle', async () => {
    const { page, wait } = makePage();
    await wait();
    expect(page.clock).toBe(5000);
    page.clock = 20 * minute;
    await wait();
    expect(page.clock).toBe(21 * minute);
  });

  it('ends the long pause when the user returns', async () => {
    const { page, wait } = makePage((now) => {
      if (now === 20 * minute + 15_000) page.window.dispatchEvent(new Event('pointermove'));
    });
    page.clock = 20 * minute;
    await wait();
    expect(page.clock).toBe(20 * minute + 15_000);
  });

  it('waits until a hidden page is visible, or until it is stopped', async () => {
    const { document, ending, wait } = makePage();
    document.hidden = true;
    let isDone = false;
    const waiting = wait().then(() => {
      isDone = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(isDone).toBe(false);
    document.hidden = false;
    document.dispatchEvent(new Event('visibilitychange'));
    await waiting;
    document.hidden = true;
    const stopped = wait();
    ending.abort();
    await stopped;
  });
});
