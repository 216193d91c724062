// What lists tell of an entry's changes: the most telling first, with values where they are short. It stands in every
// index entry, so what it may hold is bounded.
import type { Highlight, LogEntry } from '../entry/entry-schemas.ts';
import { isMarker } from '../redaction/text/markers.ts';
import type { Change, FieldChange } from './changes.ts';

export type ChangeOutline = Pick<LogEntry, 'changedPaths' | 'changeCount' | 'highlights'>;

/** The list view holds this many paths, and bytes of paths and values, so that an index entry costs one write unit. */
const maxPaths = 10;
const maxOutlineBytes = 240;

/** Changes told with their values at most. */
const maxHighlights = 3;

/** Longest JSON of a value that a highlight tells, bytes; nothing is cut. */
const maxValueBytes = 64;

/**
 * What people look for first, in this order: how large, how many, who may reach it, how it is protected. Compared with
 * the name of the field that changed, or of the list that it is in.
 */
const tellingFields: readonly RegExp[] = [
  /instance(class|type)|nodetype/i,
  /(task|node|replica|instance|shard)s?count$|^(desired|num)[A-Z]/i,
  /^v?cpu/i,
  /memory/i,
  /storage(?!encrypt)|disk|volume/i,
  /public|ingress|egress|securitygroup|subnet|cidr/i,
  /encrypt|kms|tls|ssl|multiaz|backup|protection|polic(y|ies)|^role/i,
];

/** What changes with every action and was nobody's decision. */
const bookkeeping =
  /^(last)?(updated|modified)(at|by|on|time)?$|^(etag|revision|generation)$|(^|[a-z])arn$|^taskDefinition$/i;

/**
 * The changes, outlined; only the paths that it keeps are read. Ordered by `tellingFields`, then secrets, then other short plain values, then what is nested,
 * long or an ARN, then bookkeeping; what is alike keeps its order.
 */
export function outlineChanges(changes: readonly FieldChange[]): ChangeOutline {
  const ranked = changes
    .map(({ field, change }) => ({ change, rank: rankOf(field, change) }))
    .sort((one, other) => one.rank - other.rank);
  const changedPaths: string[] = [];
  const highlights: Highlight[] = [];
  let bytesLeft = maxOutlineBytes;
  for (const { change } of ranked.slice(0, maxPaths)) {
    bytesLeft -= Buffer.byteLength(change.path);
    if (bytesLeft < 0) break;
    changedPaths.push(change.path);
    if (highlights.length === maxHighlights) continue;
    const valueBytes = sidesOf(change).reduce<number>((sum, side) => sum + jsonBytes(side), 0);
    const fits = isShort(change) && valueBytes <= bytesLeft;
    highlights.push(fits ? change : { path: change.path, op: change.op });
    if (fits) bytesLeft -= valueBytes;
  }
  return { changedPaths, changeCount: changes.length, highlights };
}

function rankOf(field: string, change: Change): number {
  const telling = tellingFields.findIndex((pattern) => pattern.test(field));
  const sides = sidesOf(change);
  const isPlain = isShort(change) && sides.every(isTelling);
  const others = tellingFields.length;
  if (telling !== -1) return telling + (isPlain ? 0 : 0.5);
  if (bookkeeping.test(field)) return others + 3;
  if (sides.some((side) => typeof side === 'string' && isMarker(side))) return others;
  return isPlain ? others + 1 : others + 2;
}

function sidesOf({ before, after }: Change): unknown[] {
  return [before, after].filter((side) => side !== undefined);
}

/** Whether a value tells something at a glance. */
function isTelling(side: unknown): boolean {
  return typeof side === 'string' ? !side.startsWith('arn:') : typeof side !== 'object' || side === null;
}

function isShort(change: Change): boolean {
  return sidesOf(change).every((side) => jsonBytes(side) <= maxValueBytes);
}

function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
