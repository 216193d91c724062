// Picks the times of the generated actions: mostly office hours on working days, some at night.
import type { Random } from './random.ts';

const dayMillis = 24 * 60 * 60 * 1000;

/** Picks `count` times between `from` and `to`, epoch milliseconds, in ascending order. */
export function pickMoments(random: Random, count: number, from: number, to: number): number[] {
  const moments: number[] = [];
  // A range without working hours gets any times.
  for (let tries = 0; moments.length < count; tries += 1) {
    const moment = Math.floor(from + random.fraction() * (to - from));
    if (tries > count * 50 || random.chance(busyness(moment))) moments.push(moment);
  }
  return moments.sort((left, right) => left - right);
}

function busyness(moment: number): number {
  const hour = (moment % dayMillis) / (dayMillis / 24);
  const day = new Date(moment).getUTCDay();
  const isWeekend = day === 0 || day === 6;
  if (hour < 7 || hour > 19) return 0.06;
  return isWeekend ? 0.12 : 1;
}
