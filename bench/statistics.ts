// Computes statistics over measurements.

/** Returns the value below which the given share of the values is. 0.5 is the median. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** Returns the arithmetic mean. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Rounds a value for a table. */
export function round(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}
