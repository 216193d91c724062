// Builds the short outline of an entry's changes for lists: the most important changes first, with short values. Every
// index entry stores the outline, so its size is limited.
import type { Highlight, LogEntry } from '../entry/entry-schemas.ts';
import { isMarker } from '../redaction/text/markers.ts';
import type { Change, FieldChange } from './changes.ts';

/** The fields of an entry that outline its changes. */
export type ChangeOutline = Pick<LogEntry, 'changedPaths' | 'changeCount' | 'highlights'>;

/** Limits on paths, and on bytes of paths and values, that keep an index entry within one write unit. */
const maxPaths = 10;
const maxOutlineBytes = 240;

/** The maximum number of changes that include their values. */
const maxHighlights = 3;

/** The longest value that a highlight includes, in bytes of JSON. Longer values are left out, never truncated. */
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
 * Outlines the changes. The order is `importantFields`, secrets, other short plain values, values that are nested,
 * long or an ARN, and bookkeeping; changes of equal rank keep their order. Reads only the paths that the outline
 * keeps.
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
  const importance = importantFields.findIndex((pattern) => pattern.test(field));
  const sides = sidesOf(change);
  const isPlain = isShort(change) && sides.every(isPlainValue);
  const others = importantFields.length;
  if (importance !== -1) return importance + (isPlain ? 0 : 0.5);
  if (bookkeeping.test(field)) return others + 3;
  if (sides.some((side) => typeof side === 'string' && isMarker(side))) return others;
  return isPlain ? others + 1 : others + 2;
}

function sidesOf({ before, after }: Change): unknown[] {
  return [before, after].filter((side) => side !== undefined);
}

/** Whether a reader can understand the value at a glance. */
function isPlainValue(side: unknown): boolean {
  return typeof side === 'string' ? !side.startsWith('arn:') : typeof side !== 'object' || side === null;
}

function isShort(change: Change): boolean {
  return sidesOf(change).every((side) => jsonBytes(side) <= maxValueBytes);
}

function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
