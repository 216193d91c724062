// Defines JSON values and the subset of JSON that is accepted: limited depth, no `__proto__` keys, exact numbers and
// well-formed text. The content hash requires it, because RFC 8785 cannot represent other values.
import { isExactNumber, isPlainNumber } from './exact-number.ts';
import { type Issue, issueCodes } from './issue.ts';
import { pointerTo } from './json-pointer.ts';

/** Any JSON value. */
export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };
export type JsonObject = { [key: string]: JsonValue };

/** The maximum nesting depth of an event that is recorded. Real states are less than 20 levels deep. */
export const maxDepth = 32;

/** The maximum depth at which a rejected event is still redacted. A deeper one goes to the dead-letter queue. */
export const maxWalkableDepth = 512;

/** Whether the value is an object and not an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Returns the nesting depth of a parsed JSON value, 0 for a scalar. Uses no recursion, so no depth overflows the stack.
 */
export function depthOf(value: unknown): number {
  let level: unknown[] = [value];
  for (let depth = 0; ; depth++) {
    const next: unknown[] = [];
    let nested = false;
    for (const item of level) {
      if (typeof item !== 'object' || item === null) continue;
      nested = true;
      for (const child of Object.values(item))
        if (typeof child === 'object' && child !== null && !isExactNumber(child)) next.push(child);
    }
    if (next.length === 0) return nested ? depth + 1 : depth;
    level = next;
  }
}

/**
 * Returns the parts of a parsed JSON value that cannot be stored without loss, at most `limit` issues. The value must
 * be at most `maxWalkableDepth` levels deep.
 */
export function findJsonIssues(value: unknown, limit = 20): Issue[] {
  const issues: Issue[] = [];
  const path: string[] = [];
  const report = (code: Issue['code'], message: string) =>
    issues.push({ path: path.reduce(pointerTo, ''), code, message });

  const walk = (inner: unknown): void => {
    if (typeof inner === 'string') {
      if (!inner.isWellFormed()) report(issueCodes.malformedText, 'must not contain a lone surrogate');
    } else if (typeof inner === 'number') {
      if (!isPlainNumber(inner)) {
        report(
          issueCodes.inexactNumber,
          'must be between -(2^53 - 1) and 2^53 - 1, or a bigint, exactNumber(), or a string',
        );
      }
    } else if (typeof inner === 'object' && inner !== null && !isExactNumber(inner)) {
      if (path.length >= maxDepth)
        report(issueCodes.tooDeep, `must be nested at most ${maxDepth} levels deep`);
      else walkMembers(inner);
    }
  };

  const walkMembers = (members: object): void => {
    for (const [key, child] of Object.entries(members)) {
      if (issues.length >= limit) return;
      path.push(key);
      if (key === '__proto__') report(issueCodes.forbiddenKey, 'must not be used as a key');
      else if (!key.isWellFormed()) report(issueCodes.malformedText, 'must not contain a lone surrogate');
      else walk(child);
      path.pop();
    }
  };

  walk(value);
  return issues;
}

/**
 * Returns the object without its undefined properties, or the object itself if it has none. Does not change nested
 * objects. The object must have no key `__proto__`.
 */
export function omitUndefined<T extends object>(object: T): T {
  const defined: Record<string, unknown> = {};
  let isComplete = true;
  for (const key of Object.keys(object)) {
    const value = (object as Readonly<Record<string, unknown>>)[key];
    if (value === undefined) isComplete = false;
    else defined[key] = value;
  }
  return isComplete ? object : (defined as T);
}
