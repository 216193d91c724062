// Shortens two strings to the part in which they differ. Never cuts inside a word or a redaction marker.
import { markerPattern } from '../redaction/text/markers.ts';

const token = new RegExp(`${markerPattern.source}|[\\p{L}\\p{N}]+|.`, 'gsu');

/** The minimum length of a shared part to cut, in characters. Shorter parts help the reader and take little space. */
const minCutLength = 20;

/** The maximum length of strings that are compared, in characters. */
const maxLength = 10_000;

const ellipsis = '…';

/**
 * Replaces a long common beginning with `…`, up to the last `/` in it, or else up to the last separator. Returns
 * `undefined` if there is none.
 */
export function cutSharedStart(before: string, after: string): readonly [string, string] | undefined {
  if (before.startsWith(ellipsis) || Math.max(before.length, after.length) > maxLength) return undefined;
  const [old, now] = [before.match(token) ?? [], after.match(token) ?? []];
  let shared = 0;
  while (shared < Math.min(old.length, now.length) - 1 && old[shared] === now[shared]) shared++;
  const start = old.slice(0, shared);
  const cut = start.lastIndexOf('/') + 1 || start.findLastIndex((part) => /^[^\p{L}\p{N}]$/u.test(part)) + 1;
  if (start.slice(0, cut).join('').length < minCutLength) return undefined;
  return [ellipsis + old.slice(cut).join(''), ellipsis + now.slice(cut).join('')];
}

/** Replaces a long common end with `…`. Returns `undefined` if there is none. */
export function cutSharedEnd(before: string, after: string): readonly [string, string] | undefined {
  if (Math.max(before.length, after.length) > maxLength) return undefined;
  const [old, now] = [before.match(token) ?? [], after.match(token) ?? []];
  let shared = 0;
  while (shared < Math.min(old.length, now.length) - 1 && old.at(-1 - shared) === now.at(-1 - shared))
    shared++;
  if (old.slice(old.length - shared).join('').length < minCutLength) return undefined;
  return [
    old.slice(0, old.length - shared).join('') + ellipsis,
    now.slice(0, now.length - shared).join('') + ellipsis,
  ];
}
