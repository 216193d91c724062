// Finds what remains of a secret in stored data: searches every string and key, and what they decode to.

/** Minimum length of a part that counts as recoverable. */
const recoverable = 8;

/** Returns the strings and keys of a JSON value, and their decodings as JSON, base64, hex or URL encoding. */
export function readingsOf(value: unknown, depth = 0): string[] {
  if (typeof value === 'string') return depth > 4 ? [value] : [value, ...decodingsOf(value, depth)];
  if (typeof value !== 'object' || value === null) return [String(value)];
  return Object.entries(value).flatMap(([key, child]) => [
    ...(Array.isArray(value) ? [] : readingsOf(key, depth)),
    ...readingsOf(child, depth),
  ]);
}

function decodingsOf(text: string, depth: number): string[] {
  const readings: string[] = [];
  const json = parse(text);
  if (json !== undefined) readings.push(...readingsOf(json, depth + 1));
  if (/%[0-9a-f]{2}/i.test(text)) readings.push(...readingsOf(decodePercent(text), depth + 1));
  for (const [run] of text.matchAll(/[A-Za-z0-9+/_-]{16,}/g)) {
    const decodings = [Buffer.from(run, 'base64').toString(), Buffer.from(run, 'hex').toString()];
    for (const decoded of decodings)
      if (/^[\t\n\r -~]{8,}/.test(decoded)) readings.push(...readingsOf(decoded, depth + 1));
  }
  return readings;
}

function parse(text: string): unknown {
  if (!/^\s*[[{"]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function decodePercent(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (coded) =>
    Buffer.from(coded.replaceAll('%', ''), 'hex').toString(),
  );
}

/** Whether the value contains a recoverable part of the secret. */
export function survives(hidden: string, value: unknown): boolean {
  const length = Math.min(recoverable, hidden.length);
  const parts = new Set<string>();
  for (let start = 0; start + length <= hidden.length; start++)
    parts.add(hidden.slice(start, start + length));
  return readingsOf(value).some((text) => {
    for (let start = 0; start + length <= text.length; start++) {
      if (parts.has(text.slice(start, start + length))) return true;
    }
    return false;
  });
}
