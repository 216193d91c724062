// A segment: sealed entries with what counts need of each, by column. Repeated texts are stored once. It is written and
// read as compressed JSON, which is fast enough to rewrite the segment of the current day with every batch.
import { gunzipSync, gzipSync } from 'node:zlib';
import * as z from 'zod/mini';
import { isEntryId } from '../entry/entry-id.ts';
import { fromUtf8, toUtf8 } from '../values/bytes.ts';
import { type ArchivedLeaf, readCommittedEntry } from './archive-line.ts';
import { logContradicted } from './log-error.ts';

/** The columns that contain texts. */
const textColumns = [
  'action',
  'verdict',
  'decision',
  'role',
  'userId',
  'userName',
  'userType',
  'accountId',
  'region',
  'environment',
  'targetKind',
  'targetType',
  'targetId',
  'targetName',
  'serviceName',
] as const;
type TextColumn = (typeof textColumns)[number];

/** What counts need of a sealed entry. */
export type CountRow = {
  /** The index of the leaf. */
  readonly index: number;
  readonly id: string;
  /** In epoch milliseconds. */
  readonly recordedAt: number;
  /** When the entry expires, in epoch seconds. Null if it is kept forever. */
  readonly expiresAt: number | null;
} & { readonly [Name in TextColumn]: string | null };

const idLength = 26;

const numbers = z.array(z.number());
const textColumn = z.object({ values: z.array(z.nullable(z.string())), codes: numbers });

const segmentSchema = z.object({
  format: z.literal(1),
  /** The IDs, one after the other. */
  ids: z.string(),
  /** The distance from the leaf before. The first is the index of its leaf. */
  leaves: numbers,
  recordedAt: numbers,
  expiresAt: z.array(z.nullable(z.number())),
  texts: z.record(z.enum(textColumns), textColumn),
});

/** Returns the row of an entry, or `undefined` if the leaf is not that of a readable entry. */
export function toCountRow({ index, committed, expiresAt }: ArchivedLeaf): CountRow | undefined {
  const entry = readCommittedEntry(committed);
  if (entry === undefined || entry.dispute !== undefined) return undefined;
  const { id, recordedAt, action, verdict, decision, role, user, accountId, region, environment, target } =
    entry.fields;
  const recordedMillis = Date.parse(recordedAt);
  if (!isEntryId(id) || Number.isNaN(recordedMillis)) return undefined;
  return {
    index,
    id,
    recordedAt: recordedMillis,
    expiresAt: expiresAt ?? null,
    ...{ action, verdict, decision, role, accountId, region, environment: environment ?? null },
    ...{ userId: user.id, userName: user.name ?? null, userType: user.type },
    ...{ targetKind: target.kind, targetType: target.type, targetId: target.id, targetName: target.name },
    serviceName: target.serviceName ?? null,
  };
}

/** Returns the object of a segment. The rows are in the order of the log. */
export function encodeSegment(rows: readonly CountRow[]): Uint8Array {
  const segment: z.infer<typeof segmentSchema> = {
    format: 1,
    ids: rows.map(({ id }) => id).join(''),
    leaves: rows.map(({ index }, place) => index - (rows[place - 1]?.index ?? 0)),
    recordedAt: rows.map(({ recordedAt }) => recordedAt),
    expiresAt: rows.map(({ expiresAt }) => expiresAt),
    texts: Object.fromEntries(textColumns.map((name) => [name, encodeTexts(rows, name)])) as Record<
      TextColumn,
      z.infer<typeof textColumn>
    >,
  };
  return gzipSync(toUtf8(JSON.stringify(segment)), { level: 4 });
}

function encodeTexts(rows: readonly CountRow[], name: TextColumn): z.infer<typeof textColumn> {
  const codes = new Map<string | null, number>();
  const coded = rows.map((row) => {
    const value = row[name];
    const code = codes.get(value) ?? codes.size;
    codes.set(value, code);
    return code;
  });
  return { values: [...codes.keys()], codes: coded };
}

/** Returns the rows of a segment. Fails with LOG_CONTRADICTED if it is malformed. */
export function decodeSegment(bytes: Uint8Array, key: string): CountRow[] {
  const segment = parseSegment(bytes, key);
  const { ids, leaves, recordedAt, expiresAt, texts } = segment;
  const columns = textColumns.map((name) => [name, texts[name]] as const);
  const isComplete =
    ids.length === leaves.length * idLength &&
    recordedAt.length === leaves.length &&
    expiresAt.length === leaves.length &&
    columns.every(([, { codes }]) => codes.length === leaves.length);
  if (!isComplete) throw logContradicted(`the object ${key} has columns of different lengths`);
  let index = 0;
  return leaves.map((distance, place) => {
    index += distance;
    const row: Record<string, string | number | null> = {
      index,
      id: ids.slice(place * idLength, (place + 1) * idLength),
      recordedAt: recordedAt[place] as number,
      expiresAt: expiresAt[place] as number | null,
    };
    for (const [name, { values, codes }] of columns) row[name] = values[codes[place] as number] ?? null;
    return row as unknown as CountRow;
  });
}

function parseSegment(bytes: Uint8Array, key: string): z.infer<typeof segmentSchema> {
  try {
    return segmentSchema.parse(JSON.parse(fromUtf8(gunzipSync(bytes))));
  } catch (error) {
    throw logContradicted(`the object ${key} is malformed`, error);
  }
}
