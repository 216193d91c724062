// Compresses what lists do not show of an entry: its states and all remaining fields, or the states alone when
// they do not fit the item.
import {
  brotliCompressSync,
  brotliDecompressSync,
  constants,
  deflateRawSync,
  inflateRawSync,
} from 'node:zlib';
import * as z from 'zod/mini';
import type { ListItem, LogEntry } from '../core/entry/entry.ts';
import { type JsonObject, omitUndefined } from '../core/values/json.ts';
import { detailDictionary } from './detail-dictionary.ts';

const stateSchema = z.optional(
  z.nullable(z.record(z.string(), z.unknown()) as unknown as z.ZodMiniType<JsonObject>),
);
const statesSchema = z.object({ b: stateSchema, a: stateSchema });
const text = z.nullable(z.string());

/**
 * A tuple rather than an object, because field names would take a tenth of a small entry. Add new fields only at
 * the end.
 */
const detailSchema = z.tuple([
  z.literal(1),
  statesSchema, // empty when the states are stored outside the item
  text, // email
  text, // sourceIp
  text, // userAgent
  text, // requestId
  text, // traceId
  text, // reason
  z.string(), // eventId
  z.enum(['mayaops.services', 'mayaops.resources']),
  // producer: account, envelopeId, time, and after a redrive: redrivenBy, editedBy
  z.tuple([z.string(), z.string(), z.string(), z.optional(z.string()), z.optional(z.string())]),
  z.string(), // contentHash
  z.number(), // redactionVersion
  text, // grant
  z.string(), // roleMapVersion
  z.optional(z.nullable(z.literal(true))), // secretsDeclared, absent or null where it is not true
  z.optional(z.nullable(z.boolean())), // roleKnown, absent or null in entries of earlier releases
  // Absent unless the event has one of them: workRef, awsRequestIds, and onBehalfOf as id and name.
  z.optional(
    z.object({
      w: z.optional(z.string()),
      q: z.optional(z.array(z.string())),
      f: z.optional(z.tuple([z.string(), z.optional(z.string())])),
    }),
  ),
]);

/**
 * Maximum compressed detail of an item, in bytes. An item can have 400 KB
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html#limits-items). Keys and
 * list view with the longest allowed values take less than 12 KiB of it.
 */
export const maxDetailBytes = 388 * 1024;

/**
 * Maximum uncompressed size of a stored detail. An event has up to 1 MB, and redaction markers can be longer
 * than secrets.
 */
const maxUnpackedBytes = 32 * 1024 * 1024;

/** The first byte of a stored detail: its compression. */
const codecs = { deflate: 1, brotli: 2 } as const;

/** From this size on, the dictionary and deflate's 32 KiB window no longer help, and brotli compresses better. */
const minBrotliBytes = 16 * 1024;

function pack(json: string): Uint8Array {
  const size = Buffer.byteLength(json);
  if (size < minBrotliBytes) {
    const packed = deflateRawSync(json, { level: 9, dictionary: detailDictionary });
    return Buffer.concat([Buffer.of(codecs.deflate), packed]);
  }
  const packed = brotliCompressSync(json, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_QUALITY]: 6,
      [constants.BROTLI_PARAM_SIZE_HINT]: size,
    },
  });
  return Buffer.concat([Buffer.of(codecs.brotli), packed]);
}

/**
 * Returns the JSON of a stored detail. Fails when the bytes are not a stored detail, or are larger than any
 * event.
 */
export function unpackDetail(stored: Uint8Array): string {
  const packed = stored.subarray(1);
  const limit = { maxOutputLength: maxUnpackedBytes };
  switch (stored[0]) {
    case codecs.deflate:
      return inflateRawSync(packed, { ...limit, dictionary: detailDictionary }).toString();
    case codecs.brotli:
      return brotliDecompressSync(packed, limit).toString();
    default:
      throw new Error(`a stored detail begins with codec ${stored[0]}, which this release does not support`);
  }
}

export type States = Pick<LogEntry, 'before' | 'after'>;

/** Compresses the states of an entry. The same states always give the same bytes. */
export function encodeStates({ before, after }: States): Uint8Array {
  return pack(JSON.stringify({ b: before, a: after }));
}

/** Decompresses the result of `encodeStates`. Fails on any other bytes. */
export function decodeStates(stored: Uint8Array): States {
  return toStates(statesSchema.parse(JSON.parse(unpackDetail(stored))));
}

function toStates({ b, a }: z.infer<typeof statesSchema>): States {
  return omitUndefined({ before: b ?? undefined, after: a ?? undefined });
}

/** The last fields, without those at the end that are absent. */
function optionalEnd(entry: LogEntry): unknown[] {
  const { secretsDeclared, roleKnown, workRef, awsRequestIds } = entry;
  const { onBehalfOf } = entry.user;
  if (workRef !== undefined || awsRequestIds !== undefined || onBehalfOf !== undefined) {
    const person = onBehalfOf && [onBehalfOf.id, onBehalfOf.name].filter((part) => part !== undefined);
    return [secretsDeclared ? true : null, roleKnown ?? null, { w: workRef, q: awsRequestIds, f: person }];
  }
  if (roleKnown !== undefined) return [secretsDeclared ? true : null, roleKnown];
  return secretsDeclared ? [true] : [];
}

function encodeProducer({ account, envelopeId, time, redrivenBy, editedBy }: LogEntry['producer']): string[] {
  const redrive = [redrivenBy, editedBy].filter((principal) => principal !== undefined);
  return [account, envelopeId, time, ...redrive];
}

/** Compresses the detail of an entry. */
export function encodeDetail(entry: LogEntry): Uint8Array {
  const { user, producer } = entry;
  return pack(
    JSON.stringify([
      1,
      { b: entry.before, a: entry.after },
      user.email ?? null,
      user.sourceIp ?? null,
      user.userAgent ?? null,
      entry.requestId ?? null,
      entry.traceId ?? null,
      entry.reason ?? null,
      entry.eventId,
      entry.source,
      encodeProducer(producer),
      entry.contentHash,
      entry.redactionVersion,
      entry.grant ?? null,
      entry.roleMapVersion,
      ...optionalEnd(entry),
    ]),
  );
}

/** Combines a list view and a stored detail into an entry. Fails when the detail is not valid. */
export function decodeEntry(item: ListItem, stored: Uint8Array): LogEntry {
  const [
    ,
    states,
    email,
    sourceIp,
    userAgent,
    requestId,
    traceId,
    reason,
    eventId,
    source,
    producer,
    ...rest
  ] = detailSchema.parse(JSON.parse(unpackDetail(stored)));
  const [contentHash, redactionVersion, grant, roleMapVersion, secretsDeclared, roleKnown, links] = rest;
  const [account, envelopeId, time, redrivenBy, editedBy] = producer;
  return omitUndefined<LogEntry>({
    ...item,
    user: omitUndefined({
      ...item.user,
      email: email ?? undefined,
      sourceIp: sourceIp ?? undefined,
      userAgent: userAgent ?? undefined,
      onBehalfOf: links?.f && omitUndefined({ id: links.f[0], name: links.f[1] }),
    }),
    ...toStates(states),
    requestId: requestId ?? undefined,
    traceId: traceId ?? undefined,
    reason: reason ?? undefined,
    workRef: links?.w,
    awsRequestIds: links?.q,
    eventId,
    source,
    producer: omitUndefined({ account, envelopeId, time, redrivenBy, editedBy }),
    contentHash,
    redactionVersion,
    grant: grant ?? undefined,
    roleMapVersion,
    secretsDeclared: secretsDeclared ?? undefined,
    roleKnown: roleKnown ?? undefined,
  });
}
