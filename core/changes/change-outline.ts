// Builds the short outline of an entry's changes for lists: the most important changes first, with short values. Every
// index entry stores the outline, so its size is limited.
import type { Highlight, LogEntry } from '../entry/entry-schemas.ts';
import { isMarker } from '../redaction/text/markers.ts';
import { isExactNumber } from '../values/exact-number.ts';
import { narrowToOpening, opensToEveryone } from './exposure.ts';
import { cutSharedEnd, cutSharedStart } from './shared-ends.ts';
import type { FieldChange, StateChange } from './state-comparison.ts';

/** The fields of an entry that outline its changes. */
export type ChangeOutline = Pick<LogEntry, 'changedPaths' | 'changeCount' | 'highlights'>;

/** Limits on paths, and on bytes of paths and values, that keep an index entry within one write unit. */
const maxPaths = 10;
const maxOutlineBytes = 240;

/** The maximum number of changes that include their values. */
const maxHighlights = 3;

/**
 * The longest value that a highlight includes, in bytes of JSON. In longer strings, `…` replaces the shared start and
 * end of both sides. If a value is still too long, both are omitted.
 */
const maxValueBytes = 64;

/**
 * The fields that readers look for first, in this order: size, count, network access, protection. Each pattern is
 * matched against the name of the changed field, or of the list that contains it.
 */
const importantFields: readonly RegExp[] = [
  /instance(class|type)|nodetype/i,
  /(task|node|replica|instance|shard)s?count$|^(desired|num)[A-Z]/i,
  /^v?cpu/i,
  /memory/i,
  /storage(?!encrypt)|disk|volume/i,
  /public|ingress|egress|securitygroup|subnet|cidr/i,
  /encrypt|kms|tls|ssl|multiaz|backup|protection|polic(y|ies)|^role/i,
];

/** Fields that change with every action without anyone's decision. */
const bookkeeping =
  /^(last)?(updated|modified)(at|by|on|time)?$|^(etag|revision|generation)$|(^|[a-z])arn$|^taskDefinition$/i;

/**
 * Outlines the changes. The order is changes that open access to everyone, `importantFields`, secrets, other short
 * plain values, values that are nested, long or an ARN, and bookkeeping. Changes of equal rank keep their order. Reads
 * only the paths that the outline keeps.
 */
export function outlineChanges(changes: readonly FieldChange[]): ChangeOutline {
  const ranked = changes
    .map((of) => ({ of, isOpening: opensToEveryone(of) }))
    .map(({ of, isOpening }) => ({ change: of.change, isOpening, rank: isOpening ? -1 : rankOf(of) }))
    .sort((one, other) => one.rank - other.rank);
  const changedPaths: string[] = [];
  const highlights: Highlight[] = [];
  let bytesLeft = maxOutlineBytes;
  for (const { change, isOpening } of ranked.slice(0, maxPaths)) {
    const shown = shorten(change, isOpening);
    bytesLeft -= Buffer.byteLength(shown.path);
    if (bytesLeft < 0) break;
    changedPaths.push(shown.path);
    if (highlights.length === maxHighlights) continue;
    const valueBytes = sidesOf(shown).reduce<number>((sum, side) => sum + jsonBytes(side), 0);
    const fits = isShort(shown) && valueBytes <= bytesLeft;
    highlights.push(fits ? shown : { path: shown.path, op: shown.op });
    if (fits) bytesLeft -= valueBytes;
  }
  return { changedPaths, changeCount: changes.length, highlights };
}

/** Shortens long values: two strings to the part in which they differ, and opened access to the part that opens it. */
function shorten(change: StateChange, isOpening: boolean): StateChange {
  if (isShort(change)) return change;
  const { before, after } = change;
  if (typeof before === 'string' && typeof after === 'string') {
    const [old, now] = cutSharedStart(before, after) ?? [before, after];
    const cut = { ...change, before: old, after: now };
    if (isShort(cut)) return cut;
    const [shortOld, shortNow] = cutSharedEnd(old, now) ?? [old, now];
    return { ...change, before: shortOld, after: shortNow };
  }
  return (isOpening && narrowToOpening(change)) || change;
}

function rankOf({ field, change, isRollout }: FieldChange): number {
  const others = importantFields.length;
  if (isRollout) return change.op === 'add' ? others + 1 : others + 3;
  if (change.op === 'reorder') return others + 3;
  const importance = importantFields.findIndex((pattern) => pattern.test(field));
  const sides = sidesOf(change);
  const isPlain = isShort(change) && sides.every(isPlainValue);
  if (importance !== -1) return importance + (isPlain ? 0 : 0.5);
  if (bookkeeping.test(field)) return others + 3;
  if (sides.some((side) => typeof side === 'string' && isMarker(side))) return others;
  return isPlain ? others + 1 : others + 2;
}

function sidesOf({ before, after }: StateChange): unknown[] {
  return [before, after].filter((side) => side !== undefined);
}

/** Whether a reader can understand the value at a glance. */
function isPlainValue(side: unknown): boolean {
  if (typeof side === 'string') return !side.startsWith('arn:');
  return typeof side !== 'object' || side === null || isExactNumber(side);
}

function isShort(change: StateChange): boolean {
  return sidesOf(change).every((side) => jsonBytes(side) <= maxValueBytes);
}

function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
