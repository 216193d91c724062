// What changed in a few words, for one cell of a list: `instanceClass: db.t4g.micro → db.t4g.medium, +2`.
import type { Highlight, ListItem } from '../entry/entry-schemas.ts';
import { isMarker, redactedKey } from '../redaction/text/markers.ts';
import { toReadablePath } from '../values/readable-path.ts';
import { summarizeElements } from './element-summary.ts';

type Summarized = Pick<ListItem, 'highlights' | 'changedPaths' | 'changeCount'>;

/** How much is told of a place and a value, and what stands between two values. */
interface Form {
  /** Longest path that is told whole; of a longer one its end. */
  readonly maxPathLength: number;
  /** Whether an ARN is told by its end. */
  readonly isShort: boolean;
  readonly arrow: string;
}

/** Texts that JSON would take for something else keep their quotes. */
const ambiguous = /^$|^\s|\s$|^(?:true|false|null)$|^[-\d."[{]/;

/**
 * The most telling change, further ones with short values that fit into `maxLength` characters, and how many more
 * there are. Empty when nothing changed, as in creations and deletions. Control characters stay as they are: whoever
 * shows it makes it safe.
 */
export function summarizeChanges(item: Summarized, maxLength = 60): string {
  const form = { maxPathLength: 40, isShort: true, arrow: '→' };
  const [first, ...others] = partsOf(item, form);
  if (first === undefined) return item.changeCount > 0 ? `${item.changeCount} changes` : '';
  let { text, count: told } = first;
  for (const part of others) {
    if (text.length + 2 + part.text.length > maxLength) break;
    text = `${text}, ${part.text}`;
    told += part.count;
  }
  const more = item.changeCount - told;
  return more > 0 ? `${text}, +${more}` : text;
}

/**
 * All that is known of the changes, nothing shortened: each of the first ones with its values, then further places by name,
 * then how many more there are. Of its own it adds ASCII only, for files of any reader.
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

/** Some words, and how many changes they tell of. */
interface Part {
  readonly text: string;
  readonly count: number;
}

/** The first highlight, and further ones that say more than a name. */
function partsOf(item: Summarized, form: Form): Part[] {
  const { highlights, changedPaths } = item;
  if (highlights.length === 0) {
    return changedPaths.map((path) => ({ text: shortenPath(path, form), count: 1 }));
  }
  const lists = summarizeElements(item);
  return highlights.flatMap((highlight, index) => {
    const list = lists.get(highlight);
    if (list === 'told before') return [];
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
  if (op === 'replace') {
    const place = shortenPath(path, form);
    if (before === undefined || after === undefined) return `${place} changed`;
    if (isSecret(before) && isSecret(after)) return `${place} changed (redacted)`;
    return `${place}: ${showReplaced(before, after, form)}`;
  }
  // What came into a list or left it is told by the list's name: its number in there tells nobody anything.
  const place = shortenPath(path.replace(/(.)\/\d+$/, '$1'), form);
  const value = op === 'add' ? after : before;
  return `${place}: ${op === 'add' ? 'added' : 'removed'}${value === undefined ? '' : ` ${showValue(value, form)}`}`;
}

/** Two values that would look the same when shortened are told whole. */
function showReplaced(before: unknown, after: unknown, form: Form): string {
  const [old, now] = [showValue(before, form), showValue(after, form)];
  if (old !== now) return `${old} ${form.arrow} ${now}`;
  const whole = { ...form, isShort: false };
  return `${showValue(before, whole)} ${form.arrow} ${showValue(after, whole)}`;
}

/** What an ARN names, behind its partition, service, region and account. */
const arn = /^arn:[^:]+:[^:]+:[^:]*:[^:]*:(.+)$/;

function showValue(value: unknown, { isShort }: Form): string {
  if (isSecret(value)) return '(redacted)';
  if (typeof value !== 'string' || ambiguous.test(value)) return JSON.stringify(value);
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
