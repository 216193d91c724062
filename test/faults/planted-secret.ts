// The secrets that the storm plants. All have one recognizable format, so that a leaked secret is found in any
// text, and the expected redaction of an event is known without running the product.
import type { JsonValue } from '../../core/values/json.ts';
import type { Random } from '../../local/demo/random.ts';

const planted = /Cnry[A-Za-z0-9]{24}/g;

export function plantSecret(random: Random): string {
  return `Cnry${random.text(24)}`;
}

/** Counts the planted secrets in a text. */
export function countPlanted(text: string): number {
  return text.match(planted)?.length ?? 0;
}

/** Replaces each planted secret with its marker. Markers are numbered in the order of sorted keys. */
export function withMarkers<Value extends JsonValue>(value: Value): Value {
  const numbers = new Map<string, number>();
  const mark = (secret: string) => {
    if (!numbers.has(secret)) numbers.set(secret, numbers.size + 1);
    return `[REDACTED:${numbers.get(secret)}]`;
  };
  const visit = (node: JsonValue): JsonValue => {
    if (typeof node === 'string') return node.replaceAll(planted, mark);
    if (Array.isArray(node)) return node.map(visit);
    if (typeof node !== 'object' || node === null) return node;
    const keys = Object.keys(node).sort();
    return Object.fromEntries(keys.map((key) => [key, visit(node[key] as JsonValue)]));
  };
  return visit(value) as Value;
}
