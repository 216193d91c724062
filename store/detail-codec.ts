// The base item's compressed attribute: states and everything else that lists do not show.
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import * as z from 'zod/mini';
import type { ListItem, LogEntry } from '../core/entry.ts';
import { type JsonObject, omitUndefined } from '../core/json.ts';

const state = z.optional(
  z.nullable(z.record(z.string(), z.unknown()) as unknown as z.ZodMiniType<JsonObject>),
);
const text = z.nullable(z.string());

/** A tuple, not an object: field names would be a tenth of a small entry. Fields may only be added at the end. */
const detailSchema = z.tuple([
  z.literal(1),
  z.object({ b: state, a: state }),
  text, // email
  text, // sourceIp
  text, // userAgent
  text, // requestId
  text, // traceId
  text, // reason
  z.string(), // eventId
  z.enum(['mayaops.services', 'mayaops.resources']),
  z.tuple([z.string(), z.string(), z.string()]), // producer: account, envelopeId, time
  z.string(), // contentHash
  z.number(), // redactionVersion
  text, // grant
  z.string(), // roleMapVersion
]);

/**
 * Largest compressed detail that is stored, bytes: an item holds 400 KB
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html#limits-items), and keys and
 * list view of the longest allowed values take less than 12 KiB of it.
 */
export const maxDetailBytes = 388 * 1024;

/** Most bytes that a stored detail unpacks to; an event has 1 MB, and markers may be longer than secrets. */
const maxUnpackedBytes = 32 * 1024 * 1024;

/** Best compression for what fits; a large state is compressed faster, 10 times at a fifth more bytes. */
const bestQualityBytes = 64 * 1024;

/** The detail of an entry, brotli-compressed. */
export function encodeDetail(entry: LogEntry): Uint8Array {
  const { user, producer } = entry;
  const json = JSON.stringify([
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
    [producer.account, producer.envelopeId, producer.time],
    entry.contentHash,
    entry.redactionVersion,
    entry.grant ?? null,
    entry.roleMapVersion,
  ]);
  const size = Buffer.byteLength(json);
  return brotliCompressSync(json, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_QUALITY]: size <= bestQualityBytes ? 11 : 6,
      [constants.BROTLI_PARAM_SIZE_HINT]: size,
    },
  });
}

/** The entry that list view and stored detail make up. Fails when the detail is not one of ours. */
export function decodeEntry(item: ListItem, stored: Uint8Array): LogEntry {
  const json = brotliDecompressSync(stored, { maxOutputLength: maxUnpackedBytes }).toString();
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
  ] = detailSchema.parse(JSON.parse(json));
  const [contentHash, redactionVersion, grant, roleMapVersion] = rest;
  const [account, envelopeId, time] = producer;
  return omitUndefined<LogEntry>({
    ...item,
    user: omitUndefined({
      ...item.user,
      email: email ?? undefined,
      sourceIp: sourceIp ?? undefined,
      userAgent: userAgent ?? undefined,
    }),
    before: states.b ?? undefined,
    after: states.a ?? undefined,
    requestId: requestId ?? undefined,
    traceId: traceId ?? undefined,
    reason: reason ?? undefined,
    eventId,
    source,
    producer: { account, envelopeId, time },
    contentHash,
    redactionVersion,
    grant: grant ?? undefined,
    roleMapVersion,
  });
}
