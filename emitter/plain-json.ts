// Converts a service's objects to plain JSON, reports what JSON would silently drop, and finds values marked
// as secret.
import { toNumber } from '../core/values/exact-number.ts';
import { type Issue, issueCodes } from '../core/values/issue.ts';
import { maxDepth } from '../core/values/json.ts';
import { pointerTo } from '../core/values/json-pointer.ts';
import { revealSecret } from './secret.ts';

/** A value that the service marked with `secret()`. */
export interface MarkedSecret {
  /** JSON Pointer to the value. */
  readonly path: string;
  readonly value: string;
}

export interface PlainJson {
  /** The plain JSON, with `null` for values without a JSON form. Absent if there is none. */
  readonly json?: unknown;
  readonly issues: readonly Issue[];
  readonly secrets: readonly MarkedSecret[];
}

/**
 * Converts a value to plain JSON: dates become text, `undefined` is omitted, a bigint becomes a number or an exact
 * number, and marked secrets become their text. Returns issues for values without a JSON form, such as a cycle, NaN or
 * a Map. `path` is the
 * JSON Pointer to the value in the event.
 */
export function toPlainJson(value: unknown, path: string): PlainJson {
  const issues: Issue[] = [];
  const secrets: MarkedSecret[] = [];
  const paths = new Map<unknown, string>();
  const report = (place: string, message: string) =>
    issues.push({ path: place, code: issueCodes.notJson, message });
  let text: string | undefined;
  try {
    text = JSON.stringify(value, function (this: unknown, key: string, child: unknown) {
      const holder = paths.get(this);
      const place = holder === undefined ? path : pointerTo(holder, key);
      if (typeof child === 'object' && child !== null) paths.set(child, place);
      const marked = revealSecret((this as Record<string, unknown>)[key]);
      if (marked !== undefined) {
        secrets.push({ path: place, value: marked });
        return marked;
      }
      if (typeof child === 'bigint') return toNumber(String(child));
      const loss = describeLoss(child);
      if (loss === undefined) return child;
      report(place, loss);
      return null;
    });
  } catch (error) {
    // A RangeError means that the stack overflowed. Cycles and a throwing toJSON raise other errors. Never
    // pass on the message: it can quote the value.
    if (error instanceof RangeError) return { issues: [tooDeep(path)], secrets };
    const message = 'must be JSON without circular references';
    return { issues: [{ path, code: issueCodes.notJson, message }], secrets };
  }
  return { json: text === undefined ? undefined : (JSON.parse(text) as unknown), issues, secrets };
}

function tooDeep(path: string): Issue {
  return { path, code: issueCodes.tooDeep, message: `must be nested at most ${maxDepth} levels deep` };
}

function describeLoss(value: unknown): string | undefined {
  if (typeof value === 'number' && !Number.isFinite(value)) return 'must be a finite number';
  if (value instanceof Map || value instanceof Set) return 'must be an object or an array, not a Map or Set';
  return undefined;
}
