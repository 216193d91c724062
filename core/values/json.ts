// JSON values, and what of JSON the product takes in: bounded depth, no prototype keys, exact numbers, well-formed
// text. RFC 8785, on which the content hash stands, allows nothing else.
import { type Issue, issueCodes } from './issue.ts';
import { pointerTo } from './json-pointer.ts';

export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };
export type JsonObject = { [key: string]: JsonValue };

/** Deepest nesting of an event that is recorded; real states stay below 20. */
export const maxDepth = 32;

/** Deepest nesting that is still walked (to redact a rejected event); deeper ones stay in the dead letters. */
export const maxWalkableDepth = 512;

/** Whether the value is an object that is no array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Nesting of a parsed JSON value: 0 for a scalar. Walks without recursion, so no depth can exhaust the stack. */
export function depthOf(value: unknown): number {
  let level: unknown[] = [value];
  for (let depth = 0; ; depth++) {
    const next: unknown[] = [];
    let nested = false;
    for (const item of level) {
      if (typeof item !== 'object' || item === null) continue;
      nested = true;
      for (const child of Object.values(item))
        if (typeof child === 'object' && child !== null) next.push(child);
    }
    if (next.length === 0) return nested ? depth + 1 : depth;
    level = next;
  }
}

/**
 * What in a parsed JSON value cannot be kept exactly. The value must be at most `maxWalkableDepth` deep; at
 * most `limit` issues are given.
 */
export function findJsonIssues(value: unknown, limit = 20): Issue[] {
  const issues: Issue[] = [];
  const path: string[] = [];
  const report = (code: Issue['code'], message: string) =>
    issues.push({ path: path.reduce(pointerTo, ''), code, message });

  const walk = (inner: unknown): void => {
    if (typeof inner === 'string') {
      if (!inner.isWellFormed()) report(issueCodes.malformedText, 'must not hold a lone surrogate');
    } else if (typeof inner === 'number') {
      if (!isExact(inner)) {
        report(issueCodes.inexactNumber, 'must be between -(2^53 - 1) and 2^53 - 1, or a string');
      }
    } else if (typeof inner === 'object' && inner !== null) {
      if (path.length >= maxDepth) report(issueCodes.tooDeep, `must be nested at most ${maxDepth} deep`);
      else walkMembers(inner);
    }
  };

  const walkMembers = (members: object): void => {
    for (const [key, child] of Object.entries(members)) {
      if (issues.length >= limit) return;
      path.push(key);
      if (key === '__proto__') report(issueCodes.forbiddenKey, 'must not be used as a key');
      else if (!key.isWellFormed()) report(issueCodes.malformedText, 'must not hold a lone surrogate');
      else walk(child);
      path.pop();
    }
  };

  walk(value);
  return issues;
}

function isExact(number: number): boolean {
  return Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number));
}

/** The object without its undefined properties, as JSON would write it; one level deep. Itself when it has none. */
export function omitUndefined<T extends object>(object: T): T {
  const hasUndefined = Object.values(object).includes(undefined);
  if (!hasUndefined) return object;
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}
