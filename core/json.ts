// JSON values, and what of JSON the product takes in: bounded depth, no prototype keys, exact numbers, well-formed
// text. RFC 8785, on which the content hash stands, allows nothing else.
import { type ContractIssue, issueCodes } from './contract-issue.ts';
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
export function findJsonIssues(value: unknown, limit = 20): ContractIssue[] {
  const issues: ContractIssue[] = [];
  walk(value, '', 0, (issue) => issues.push(issue) < limit);
  return issues;
}

/** Reports issues until `report` returns false. */
function walk(
  value: unknown,
  path: string,
  depth: number,
  report: (issue: ContractIssue) => boolean,
): boolean {
  if (typeof value === 'string') {
    return (
      value.isWellFormed() ||
      report({ path, code: issueCodes.malformedText, message: 'must not hold a lone surrogate' })
    );
  }
  if (typeof value === 'number') {
    const isExact = Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
    return (
      isExact ||
      report({
        path,
        code: issueCodes.inexactNumber,
        message: 'must be between -(2^53 - 1) and 2^53 - 1, or a string',
      })
    );
  }
  if (typeof value !== 'object' || value === null) return true;
  if (depth >= maxDepth) {
    return report({ path, code: issueCodes.tooDeep, message: `must be nested at most ${maxDepth} deep` });
  }
  for (const [key, child] of Object.entries(value)) {
    const childPath = pointerTo(path, key);
    if (key === '__proto__') {
      if (!report({ path: childPath, code: issueCodes.forbiddenKey, message: 'must not be used as a key' }))
        return false;
      continue;
    }
    if (
      !key.isWellFormed() &&
      !report({ path, code: issueCodes.malformedText, message: 'must not hold a lone surrogate in a key' })
    ) {
      return false;
    }
    if (!walk(child, childPath, depth + 1, report)) return false;
  }
  return true;
}

/** The object without its undefined properties, as JSON would write it; one level deep. */
export function omitUndefined<T extends object>(object: T): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}
