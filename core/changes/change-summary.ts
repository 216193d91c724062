// Summarizes changes in a few words for one table cell: `instanceClass: db.t4g.micro → db.t4g.medium, +2`.
import type { Highlight, ListItem } from '../entry/entry-schemas.ts';
import { isMarker, redactedKey } from '../redaction/text/markers.ts';
import { toJsonText } from '../values/exact-number.ts';
import { keysOf } from '../values/json-pointer.ts';
import { toReadablePath } from '../values/readable-path.ts';
import { summarizeElements } from './element-summary.ts';
import { cutSharedStart } from './shared-ends.ts';

type Summarized = Pick<ListItem, 'highlights' | 'changedPaths' | 'changeCount'>;

/** How to format a path, a value and the arrow between two values. */
interface Form {
  /** The longest path shown in full, in characters. Only the end of a longer path is shown. */
  readonly maxPathLength: number;
  /** Whether to show only the resource part of an ARN. */
  readonly isShort: boolean;
  readonly arrow: string;
}

/** Strings that could be mistaken for another JSON value. They keep their quotes. */
const ambiguous = /^$|^\s|\s$|^(?:true|false|null)$|^[-\d."[{]/;

/**
 * Returns the most important change, further changes that fit into `maxLength` characters, and the number of the
 * remaining ones. Returns an empty string when nothing changed, as for a creation or deletion. Does not escape
 * control characters: the caller must do that before it displays the text.
 */
export function summarizeChanges(item: Summarized, maxLength = 60): string {
  const form = { maxPathLength: 50, isShort: true, arrow: '→' };
  const [first, ...others] = partsOf(item, form);
  if (first === undefined) return item.changeCount > 0 ? `${item.changeCount} changes` : '';
  let { text, count: shown } = first;
  for (const part of others) {
    if (text.length + 2 + part.text.length > maxLength) break;
    text = `${text}, ${part.text}`;
    shown += part.count;
  }
  const more = item.changeCount - shown;
  return more > 0 ? `${text}, +${more}` : text;
}

/**
 * Describes all stored information about the changes without shortening it: the first changes with their values,
 * further paths, and the number of the remaining changes. Adds only ASCII characters, so that any program can read
 * the file.
 */
export function describeChanges({ highlights, changedPaths, changeCount }: Summarized): string {
  const form = { maxPathLength: Number.POSITIVE_INFINITY, isShort: false, arrow: '->' };
  const parts = [
    ...highlights.map((highlight) => describeHighlight(highlight, form)),
    ...changedPaths.slice(highlights.length).map((path) => `${shortenPath(path, form)} changed`),
  ];
  if (parts.length === 0) return changeCount > 0 ? `${changeCount} changes` : '';
  const more = changeCount - parts.length;
  return more > 0 ? `${parts.join(', ')}, +${more}` : parts.join(', ');
}

/** Part of a summary, and the number of changes it describes. */
interface Part {
  readonly text: string;
  readonly count: number;
}

/** Returns the first highlight, and further ones that have a value. */
function partsOf(item: Summarized, form: Form): Part[] {
  const { highlights, changedPaths } = item;
  if (highlights.length === 0) {
    return changedPaths.map((path) => ({ text: shortenPath(path, form), count: 1 }));
  }
  const lists = summarizeElements(item);
  return highlights.flatMap((highlight, index) => {
    const list = lists.get(highlight);
    if (list === 'covered') return [];
    if (list !== undefined) {
      return [{ text: `${shortenPath(list.path, form)}${list.words}`, count: list.count }];
    }
    return index === 0 || hasValue(highlight) ? [{ text: describeHighlight(highlight, form), count: 1 }] : [];
  });
}

function hasValue({ before, after }: Highlight): boolean {
  return before !== undefined || after !== undefined;
}

function describeHighlight({ path, op, before, after }: Highlight, form: Form): string {
  if (op === 'reorder') return `${shortenPath(path, form)}: order changed`;
  if (op === 'replace') {
    const place = shortenPath(path, form);
    if (before === undefined || after === undefined) return `${place} changed`;
    if (isSecret(before) && isSecret(after)) return `${place} changed (redacted)`;
    return `${place}: ${showReplaced(before, after, form)}`;
  }
  // An added or removed list element is shown under the list's name, because its index means nothing to a reader.
  const place = shortenPath(path.replace(/(.)\/\d+$/, '$1'), form);
  const given = op === 'add' ? after : before;
  const value = form.isShort && isOnlyName(given, path) ? undefined : given;
  return `${place}: ${op === 'add' ? 'added' : 'removed'}${value === undefined ? '' : ` ${showValue(value, form)}`}`;
}

/** Whether the value adds little to the element name at the end of the path. */
function isOnlyName(value: unknown, path: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const members: unknown[] = Object.values(value);
  return members.length <= 2 && members.includes(keysOf(path).at(-1));
}

/** Shows both values, without a long common beginning, and in full if they would look the same when shortened. */
function showReplaced(before: unknown, after: unknown, form: Form): string {
  if (form.isShort && typeof before === 'string' && typeof after === 'string') {
    const cut = cutSharedStart(before, after);
    if (cut !== undefined) return cut.join(` ${form.arrow} `);
  }
  const [old, now] = [showValue(before, form), showValue(after, form)];
  if (old !== now) return `${old} ${form.arrow} ${now}`;
  const fullForm = { ...form, isShort: false };
  return `${showValue(before, fullForm)} ${form.arrow} ${showValue(after, fullForm)}`;
}

/** Captures the resource part of an ARN, after partition, service, region and account. */
const arn = /^arn:[^:]+:[^:]+:[^:]*:[^:]*:(.+)$/;

function showValue(value: unknown, { isShort }: Form): string {
  if (isSecret(value)) return '(redacted)';
  if (typeof value !== 'string' || ambiguous.test(value)) return toJsonText(value);
  const name = isShort ? arn.exec(value)?.[1] : undefined;
  return name === undefined ? value : `…${name}`;
}

function isSecret(value: unknown): boolean {
  return typeof value === 'string' && isMarker(value);
}

function shortenPath(pointer: string, { maxPathLength }: Form): string {
  const path = toReadablePath(pointer).replaceAll(`[${JSON.stringify(redactedKey)}]`, '(redacted)');
  if (path.length <= maxPathLength) return path;
  const end = path.slice(-maxPathLength);
  return `…${end.slice(Math.max(0, end.search(/[.[]/)))}`;
}
