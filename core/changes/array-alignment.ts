// Matches the elements of two arrays, so that an element inserted at the front does not look like a change to every
// element. Order counts, as a JSON Patch requires: an element that moved is reported as removed and added.
import type { JsonValue } from '../values/json.ts';
import { findIdentifyingField, labelOf } from './element-identity.ts';

/** How the elements of two arrays match. */
export interface Alignment {
  /** Indexes in the old array of the removed elements, ascending. */
  readonly removed: readonly number[];
  /** Indexes in the new array of the added elements, ascending. */
  readonly added: readonly number[];
  /** Old and new index of each element in both arrays, unchanged or changed inside, ascending. */
  readonly kept: readonly (readonly [number, number])[];
}

/** Above this many comparisons, elements are paired by position only. Equals 1,000 changed elements on each side. */
const maxComparisons = 1_000_000;

/** Aligns two arrays by identifying field if there is one, otherwise by equality and then by position. */
export function alignArrays(before: readonly JsonValue[], after: readonly JsonValue[]): Alignment {
  const field = findIdentifyingField(before, after);
  const oldLabels = before.map((element) => labelOf(element, field));
  const newLabels = after.map((element) => labelOf(element, field));
  const anchors = [...longestCommonSubsequence(oldLabels, newLabels), [before.length, after.length] as const];
  const removed: number[] = [];
  const added: number[] = [];
  const kept: (readonly [number, number])[] = [];
  let [oldStart, newStart] = [0, 0];
  for (const [oldIndex, newIndex] of anchors) {
    // Without an identifying field, elements between two equal ones count as changed in place.
    const paired = field === undefined ? Math.min(oldIndex - oldStart, newIndex - newStart) : 0;
    for (let i = 0; i < paired; i++) kept.push([oldStart + i, newStart + i]);
    for (let i = oldStart + paired; i < oldIndex; i++) removed.push(i);
    for (let i = newStart + paired; i < newIndex; i++) added.push(i);
    if (oldIndex < before.length) kept.push([oldIndex, newIndex]);
    [oldStart, newStart] = [oldIndex + 1, newIndex + 1];
  }
  return { removed, added, kept };
}

function longestCommonSubsequence(
  before: readonly string[],
  after: readonly string[],
): (readonly [number, number])[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let [oldEnd, newEnd] = [before.length, after.length];
  while (oldEnd > start && newEnd > start && before[oldEnd - 1] === after[newEnd - 1]) {
    oldEnd--;
    newEnd--;
  }
  const pairs: (readonly [number, number])[] = Array.from({ length: start }, (_, i) => [i, i] as const);
  pairs.push(...middlePairs(before, after, start, oldEnd, newEnd));
  for (let i = 0; oldEnd + i < before.length; i++) pairs.push([oldEnd + i, newEnd + i]);
  return pairs;
}

function middlePairs(
  before: readonly string[],
  after: readonly string[],
  start: number,
  oldEnd: number,
  newEnd: number,
): (readonly [number, number])[] {
  const [rows, columns] = [oldEnd - start, newEnd - start];
  if (rows * columns > maxComparisons) return [];
  const width = columns + 1;
  const lengths = new Uint16Array((rows + 1) * width);
  const lengthAt = (row: number, column: number) => lengths[row * width + column] ?? 0;
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = columns - 1; column >= 0; column--) {
      lengths[row * width + column] =
        before[start + row] === after[start + column]
          ? lengthAt(row + 1, column + 1) + 1
          : Math.max(lengthAt(row + 1, column), lengthAt(row, column + 1));
    }
  }
  const pairs: (readonly [number, number])[] = [];
  for (let row = 0, column = 0; row < rows && column < columns; ) {
    if (before[start + row] === after[start + column]) pairs.push([start + row++, start + column++]);
    else if (lengthAt(row + 1, column) >= lengthAt(row, column + 1)) row++;
    else column++;
  }
  return pairs;
}
