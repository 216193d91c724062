// Renders export progress on one line. Progress is measured by time, because the total entry count is unknown.
import { formatBytes } from '../core/values/format-bytes.ts';
import { widthOf } from '../terminal/text-width.ts';

/** The progress of an export. */
export interface ProgressNumbers {
  readonly count: number;
  readonly bytes: number;
  /** From 0 to 1; `undefined` if unknown. */
  readonly fraction: number | undefined;
  readonly searchedThrough: string;
}

/** Renders the bar and its numbers, truncated to the width. */
export function renderProgress(progress: ProgressNumbers, columns: number): string {
  const { count, bytes, fraction, searchedThrough } = progress;
  const percent = fraction === undefined ? '' : ` ${String(Math.floor(fraction * 100)).padStart(3)} %`;
  const numbers = `${percent}  ${count.toLocaleString('en')} entries  ${formatBytes(bytes)}  at ${searchedThrough.slice(0, 16)}Z`;
  const width = Math.min(30, columns - 1 - widthOf(numbers) - 2);
  if (fraction === undefined || width < 5) return numbers.trimStart().slice(0, columns - 1);
  const full = Math.round(fraction * width);
  return `[${'█'.repeat(full)}${'░'.repeat(width - full)}]${numbers}`;
}
