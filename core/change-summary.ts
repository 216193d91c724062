// What changed in a few words, for one cell of a list: `instanceClass: db.t4g.micro → db.t4g.medium, +2`.
import type { Highlight, ListItem } from './api/entry-schemas.ts';
import { toReadablePath } from './readable-path.ts';
import { isMarker, redactedKey } from './redaction/markers.ts';

/** Longest path that is told whole, characters; of a longer one its end. */
const maxPathLength = 40;

/** Texts that JSON would take for something else keep their quotes. */
const ambiguous = /^$|^\s|\s$|^(?:true|false|null)$|^[-\d."[{]/;

/**
 * The most telling change, further ones with short values that fit into `maxLength` characters, and how many more
 * there are. Empty when nothing changed, as in creations and deletions. Control characters stay as they are: whoever
 * shows it makes it safe.
 */
export function summarizeChanges(
  { highlights, changedPaths, changeCount }: Pick<ListItem, 'highlights' | 'changedPaths' | 'changeCount'>,
  maxLength = 60,
): string {
  const parts =
    highlights.length > 0
      ? highlights.filter((highlight, index) => index === 0 || hasValue(highlight)).map(describeHighlight)
      : changedPaths.map(shortenPath);
  let [text = '', ...rest] = parts;
  let told = Math.min(1, parts.length);
  for (const part of rest) {
    if (text.length + 2 + part.length > maxLength) break;
    text = `${text}, ${part}`;
    told++;
  }
  const more = changeCount - told;
  if (more <= 0) return text;
  return text === '' ? `${more} changes` : `${text}, +${more}`;
}

function hasValue({ before, after }: Highlight): boolean {
  return before !== undefined || after !== undefined;
}

function describeHighlight({ path, op, before, after }: Highlight): string {
  if (op === 'replace') {
    const place = shortenPath(path);
    if (before === undefined || after === undefined) return `${place} changed`;
    if (isSecret(before) && isSecret(after)) return `${place} changed (redacted)`;
    return `${place}: ${showValue(before)} → ${showValue(after)}`;
  }
  // What came into a list or left it is told by the list's name: its number in there tells nobody anything.
  const place = shortenPath(path.replace(/(.)\/\d+$/, '$1'));
  const value = op === 'add' ? after : before;
  return `${place}: ${op === 'add' ? 'added' : 'removed'}${value === undefined ? '' : ` ${showValue(value)}`}`;
}

function showValue(value: unknown): string {
  if (isSecret(value)) return '(redacted)';
  return typeof value === 'string' && !ambiguous.test(value) ? value : JSON.stringify(value);
}

function isSecret(value: unknown): boolean {
  return typeof value === 'string' && isMarker(value);
}

function shortenPath(pointer: string): string {
  const path = toReadablePath(pointer).replaceAll(`[${JSON.stringify(redactedKey)}]`, '(redacted)');
  if (path.length <= maxPathLength) return path;
  const end = path.slice(-maxPathLength);
  return `…${end.slice(Math.max(0, end.search(/[.[]/)))}`;
}
