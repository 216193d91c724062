// Renders changes, one line per value: `+` added, `-` removed, `~` replaced or reordered. Secrets appear as redaction
// markers.
import type { StateChange } from '../core/changes/state-comparison.ts';
import { isMarker, redactedKey, splitAtMarkers } from '../core/redaction/text/markers.ts';
import { isExactNumber, toJsonText } from '../core/values/exact-number.ts';
import { pointerTo } from '../core/values/json-pointer.ts';
import { toReadablePath } from '../core/values/readable-path.ts';
import { escapeForTerminal } from '../core/values/terminal-text.ts';
import type { Color, Paint } from '../terminal/paint.ts';
import { pad, widthOf } from '../terminal/text-width.ts';

interface DiffLine {
  readonly sign: '+' | '-' | '~';
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly isReorder?: boolean;
}

const colors: Readonly<Record<DiffLine['sign'], Color>> = { '+': 'green', '-': 'red', '~': 'yellow' };

/** Maximum JSON length at which an added or removed object or list is shown on one line. */
const maxInlineLength = 60;

/** Maximum width of the path column. Longer paths shift their value to the right. */
const maxPathWidth = 40;

/** Renders one line per change. For a created or deleted target, renders one line per value. */
export function renderDiff(
  entry: { readonly changes: readonly StateChange[]; readonly before?: unknown; readonly after?: unknown },
  paint: Paint,
): string[] {
  const lines = toLines(entry);
  const width = Math.min(maxPathWidth, Math.max(0, ...lines.map(({ path }) => widthOf(path))));
  return lines.map((line) => {
    const value = line.isReorder
      ? 'order changed'
      : line.sign === '~'
        ? `${renderValue(line.before, 'red', paint)} → ${renderValue(line.after, 'green', paint)}`
        : renderValue(line.sign === '+' ? line.after : line.before, colors[line.sign], paint);
    return `${paint(colors[line.sign], line.sign)} ${pad(line.path, width)}  ${value}`;
  });
}

function toLines({ changes, before, after }: Parameters<typeof renderDiff>[0]): DiffLine[] {
  if (before === undefined)
    return leavesOf(after, '').map(([path, leaf]) => ({ sign: '+', path, after: leaf }));
  if (after === undefined)
    return leavesOf(before, '').map(([path, leaf]) => ({ sign: '-', path, before: leaf }));
  return changes.flatMap((change): DiffLine[] => {
    const path = shownPath(change.path);
    if (change.op === 'reorder') return [{ sign: '~', path, isReorder: true }];
    if (change.op === 'replace') return [{ sign: '~', path, before: change.before, after: change.after }];
    return change.op === 'add'
      ? partsOf(change.after, change.path).map(([at, leaf]) => ({ sign: '+', path: at, after: leaf }))
      : partsOf(change.before, change.path).map(([at, leaf]) => ({ sign: '-', path: at, before: leaf }));
  });
}

/** Returns an added or removed value unchanged if it is short, or else its leaves. */
function partsOf(value: unknown, pointer: string): [path: string, part: unknown][] {
  return toJsonText(value).length <= maxInlineLength
    ? [[shownPath(pointer), value]]
    : leavesOf(value, pointer);
}

/** Returns every scalar, empty list and empty object below a pointer, with its path. */
function leavesOf(value: unknown, pointer: string): [path: string, leaf: unknown][] {
  const children =
    typeof value === 'object' && value !== null && !isExactNumber(value)
      ? Object.entries(value).map(([key, child]) => [pointerTo(pointer, key), child] as const)
      : [];
  if (children.length === 0) return value === undefined ? [] : [[shownPath(pointer), value]];
  return children.flatMap(([at, child]) => leavesOf(child, at));
}

function shownPath(pointer: string): string {
  return escapeForTerminal(
    toReadablePath(pointer).replaceAll(`[${JSON.stringify(redactedKey)}]`, '(redacted)'),
  );
}

/** Renders JSON on one line. A redaction marker is not quoted and has its own color. */
function renderValue(value: unknown, color: Color, paint: Paint): string {
  if (typeof value === 'string' && isMarker(value)) return paint('magenta', value);
  const json = escapeForTerminal(toJsonText(value));
  return splitAtMarkers(json)
    .map((part) => paint(isMarker(part) ? 'magenta' : color, part))
    .join('');
}
