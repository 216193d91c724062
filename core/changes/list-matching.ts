// Matches the elements of two lists regardless of their order: by an identifying field, by equality, and then by
// similarity. Used for descriptions of changes. The JSON Patch uses array-alignment.ts.
import { isJsonObject, type JsonObject, type JsonValue } from '../values/json.ts';
import { findIdentifyingField, labelOf } from './element-identity.ts';

/** How the elements of two lists match. */
export interface ListMatch {
  /** Indexes in the old list of the removed elements, ascending. */
  readonly removed: readonly number[];
  /** Indexes in the new list of the added elements, ascending. */
  readonly added: readonly number[];
  /** Old and new index of each element in both lists, unchanged or changed inside, in the order of the new list. */
  readonly kept: readonly (readonly [number, number])[];
  /** Whether the order of the kept elements changed. */
  readonly isReordered: boolean;
  /** Returns the name of an element of either list. `undefined` if the elements have no names. */
  readonly nameOf: ((element: JsonValue) => string) | undefined;
}

/** The maximum number of pairs that are compared for similarity. */
const maxSimilarityPairs = 2500;

/** Elements with at least this fraction of equal fields count as one element that was changed inside. */
const minSimilarity = 0.5;

/** Matches two lists. `listName` is the name of the field that contains them. */
export function matchElements(
  before: readonly JsonValue[],
  after: readonly JsonValue[],
  listName: string,
): ListMatch {
  const field = findIdentifyingField(before, after, listName);
  const pairs = new Map<number, number>();
  matchEqual(before, after, field, pairs);
  if (field === undefined) {
    matchSimilar(before, after, pairs);
    matchInPlace(before, after, pairs);
  }
  const keptOld = new Set(pairs.values());
  const kept = [...pairs].map(([now, old]) => [old, now] as const).sort((one, other) => one[1] - other[1]);
  return {
    removed: [...before.keys()].filter((index) => !keptOld.has(index)),
    added: [...after.keys()].filter((index) => !pairs.has(index)),
    kept,
    isReordered: kept.some(([old], place) => place > 0 && old < (kept[place - 1]?.[0] ?? 0)),
    nameOf: field === undefined ? undefined : makeNameOf(before, after, field),
  };
}

/** Pairs elements with equal labels, at the same index first. `pairs` maps new indexes to old ones. */
function matchEqual(
  before: readonly JsonValue[],
  after: readonly JsonValue[],
  field: string | undefined,
  pairs: Map<number, number>,
): void {
  const oldLabels = before.map((element) => labelOf(element, field));
  const newLabels = after.map((element) => labelOf(element, field));
  const unmatched = new Map<string, number[]>();
  for (const [index, label] of oldLabels.entries()) {
    if (newLabels[index] === label) pairs.set(index, index);
    else {
      const indexes = unmatched.get(label);
      if (indexes === undefined) unmatched.set(label, [index]);
      else indexes.push(index);
    }
  }
  // `pop` takes the last index, so reversed lists keep the order of equal elements.
  for (const indexes of unmatched.values()) indexes.reverse();
  for (const [index, label] of newLabels.entries()) {
    if (pairs.has(index)) continue;
    const old = unmatched.get(label)?.pop();
    if (old !== undefined) pairs.set(index, old);
  }
}

/** Pairs the remaining objects with the most equal fields. */
function matchSimilar(
  before: readonly JsonValue[],
  after: readonly JsonValue[],
  pairs: Map<number, number>,
): void {
  const matchedOld = new Set(pairs.values());
  const olds = [...before.keys()].filter((index) => !matchedOld.has(index) && isJsonObject(before[index]));
  const news = [...after.keys()].filter((index) => !pairs.has(index) && isJsonObject(after[index]));
  if (olds.length * news.length > maxSimilarityPairs) return;
  const oldFields = new Map(olds.map((index) => [index, fieldLabels(before[index] as JsonObject)]));
  const newFields = new Map(news.map((index) => [index, fieldLabels(after[index] as JsonObject)]));
  const candidates = olds
    .flatMap((old) =>
      news.map((now) => ({ old, now, score: similarityOf(oldFields.get(old), newFields.get(now)) })),
    )
    .filter(({ score }) => score >= minSimilarity)
    .sort((a, b) => b.score - a.score || Math.abs(a.old - a.now) - Math.abs(b.old - b.now));
  for (const { old, now } of candidates) {
    if (pairs.has(now) || matchedOld.has(old)) continue;
    pairs.set(now, old);
    matchedOld.add(old);
  }
}

function fieldLabels(element: JsonObject): ReadonlyMap<string, string> {
  return new Map(Object.entries(element).map(([key, value]) => [key, labelOf(value)]));
}

/** Returns the fraction of all fields of both elements that are equal. */
function similarityOf(
  one: ReadonlyMap<string, string> = new Map(),
  other: ReadonlyMap<string, string> = new Map(),
): number {
  let equal = 0;
  for (const [key, label] of one) if (other.get(key) === label) equal++;
  const all = new Set([...one.keys(), ...other.keys()]).size;
  return all === 0 ? 0 : equal / all;
}

/**
 * Pairs the remaining elements at the same index if both are objects or lists, or if the lists have the same length.
 */
function matchInPlace(
  before: readonly JsonValue[],
  after: readonly JsonValue[],
  pairs: Map<number, number>,
): void {
  const matchedOld = new Set(pairs.values());
  for (const [index, old] of before.entries()) {
    const now = after[index];
    if (now === undefined || pairs.has(index) || matchedOld.has(index)) continue;
    const areContainers =
      (isJsonObject(old) && isJsonObject(now)) || (Array.isArray(old) && Array.isArray(now));
    if (areContainers || before.length === after.length) pairs.set(index, index);
  }
}

/** Captures the name in an ARN, after the account and the resource type. */
const arn = /^arn:[^:]*:[^:]*:[^:]*:[^:]*:(?:[^/:]+\/)?(.+)$/;

/** The maximum length of a name in a summary, in characters. Elements with longer names are shown by index. */
const maxNameLength = 40;

/**
 * Returns a function that names elements by their identifying field, without the beginning of an ARN if the rest is
 * unique. Returns `undefined` if a name is too long.
 */
function makeNameOf(
  before: readonly JsonValue[],
  after: readonly JsonValue[],
  field: string,
): ((element: JsonValue) => string) | undefined {
  const full = new Set([...before, ...after].map((element) => labelOf(element, field)));
  const shortened = new Set([...full].map(shortenArn));
  const isUnique = shortened.size === full.size;
  if ([...(isUnique ? shortened : full)].some((name) => name.length > maxNameLength)) return undefined;
  return (element) => (isUnique ? shortenArn(labelOf(element, field)) : labelOf(element, field));
}

function shortenArn(text: string): string {
  return arn.exec(text)?.[1] ?? text;
}

/** Returns the value of an element that has only a name and a value, such as `{ name, value }`, or `undefined`. */
export function valueOfNamed(element: JsonValue, name: string): JsonValue | undefined {
  if (!isJsonObject(element)) return undefined;
  const entries = Object.entries(element);
  const value = entries.find(([key]) => /value$/i.test(key));
  const isNamed =
    entries.length === 2 && entries.some(([key, other]) => key !== value?.[0] && other === name);
  return isNamed ? value?.[1] : undefined;
}
