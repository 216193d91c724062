// Measures how the time of a call grows with its input. Times are only compared with each other.

/** User time of this process in microseconds, the minimum of several runs. */
export function timeOf(action: () => void): number {
  const times = Array.from({ length: 2 }, () => {
    const before = process.cpuUsage().user;
    action();
    return process.cpuUsage().user - before;
  });
  return Math.min(...times);
}

/**
 * Quadratic work takes 16 times as long for four times the input. Linear work takes four times as long, or
 * slightly more when it uses much memory.
 */
export const linear = 11;

const maxTries = 3;

/**
 * Returns how much longer four times the work takes. Below a hundredth of a second, the measurement is not
 * meaningful. A nonlinear result is measured again, because load and garbage collection can only make work look
 * slower.
 */
export function growthOf(run: (size: number) => () => void, size: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < maxTries && least >= linear; tries++) {
    const small = Math.max(10_000, timeOf(run(size)));
    least = Math.min(least, timeOf(run(4 * size)) / small);
  }
  return least;
}

/** Length of a text for which quadratic work takes measurably long. */
export const size = 40_000;

/** Repeats the text up to `length` characters. */
export function filled(text: string, length: number): string {
  return text.repeat(Math.ceil(length / text.length)).slice(0, length);
}
