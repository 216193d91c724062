// Spans: stretches of a text by their offsets, and how they are found and merged.

export interface Span {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/** Returns the spans in order, with overlapping ones merged. */
export function mergeSpans(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && span.start < last.end) {
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    } else {
      merged.push(span);
    }
  }
  return merged;
}

const none: Span[] = [];

/** Returns what a global pattern matches, or its group `secret`, which must end the match. */
export function spansOf(text: string, pattern: RegExp): Span[] {
  pattern.lastIndex = 0;
  let match = pattern.exec(text);
  if (match === null) return none;
  const spans: Span[] = [];
  for (; match; match = pattern.exec(text)) {
    const secret = match.groups?.secret ?? match[0];
    const start = match.index + match[0].lastIndexOf(secret);
    if (secret !== '') spans.push({ start, end: start + secret.length });
    else pattern.lastIndex++;
  }
  return spans;
}
