// How the time that a call takes grows with what it is given. Times are compared with one another only.

/** User time of this process in microseconds, the least of some runs. */
export function timeOf(action: () => void): number {
  const times = Array.from({ length: 2 }, () => {
    const before = process.cpuUsage().user;
    action();
    return process.cpuUsage().user - before;
  });
  return Math.min(...times);
}

/** Quadratic work takes sixteen times as long for four times as much; linear work four times, and a little more with much in memory. */
export const linear = 11;

const maxTries = 3;

/**
 * How much longer four times the work takes; below a hundredth of a second nothing can be said. What is not linear is
 * measured again: a busy machine and collected garbage make work look worse, and never better.
 */
export function growthOf(run: (size: number) => () => void, size: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < maxTries && least >= linear; tries++) {
    const small = Math.max(10_000, timeOf(run(size)));
    least = Math.min(least, timeOf(run(4 * size)) / small);
  }
  return least;
}

/** Characters of a text that quadratic work takes long enough for to be seen. */
export const size = 40_000;

/** The text again and again, up to `length` characters. */
export function filled(text: string, length: number): string {
  return text.repeat(Math.ceil(length / text.length)).slice(0, length);
}
