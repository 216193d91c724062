// How far an export has come, on one line: by time, since nobody counts the entries beforehand.
import { widthOf } from '../terminal/text-width.ts';

export interface ProgressNumbers {
  readonly count: number;
  readonly bytes: number;
  /** From 0 to 1; `undefined` when it cannot be told. */
  readonly fraction: number | undefined;
  readonly searchedThrough: string;
}

/** Which part of the range, from where reading starts to where it ends, lies behind; `undefined` for an empty range. */
export function fractionOf(
  startMillis: number,
  endMillis: number,
  reachedMillis: number,
): number | undefined {
  if (startMillis === endMillis) return undefined;
  return Math.min(1, Math.max(0, (reachedMillis - startMillis) / (endMillis - startMillis)));
}

/** The bar and its numbers, cut to the width. */
export function renderProgress(progress: ProgressNumbers, columns: number): string {
  const { count, bytes, fraction, searchedThrough } = progress;
  const percent = fraction === undefined ? '' : ` ${String(Math.floor(fraction * 100)).padStart(3)} %`;
  const numbers = `${percent}  ${count.toLocaleString('en')} entries  ${formatBytes(bytes)}  at ${searchedThrough.slice(0, 16)}Z`;
  const width = Math.min(30, columns - 1 - widthOf(numbers) - 2);
  if (fraction === undefined || width < 5) return numbers.trimStart().slice(0, columns - 1);
  const full = Math.round(fraction * width);
  return `[${'█'.repeat(full)}${'░'.repeat(width - full)}]${numbers}`;
}

export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
