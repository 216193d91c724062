// The PutEvents call: its limits, the error of each entry, and the envelope that the bus makes.
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';

export const maxEntries = 10;

/** All entries of a call together: 1 MiB. */
export const maxTotalBytes = 1_048_576;

export const putEventsSchema = z.object({
  Entries: z.array(
    z.object({
      Source: z.optional(z.nullable(z.string())),
      DetailType: z.optional(z.nullable(z.string())),
      Detail: z.optional(z.nullable(z.string())),
      EventBusName: z.optional(z.nullable(z.string())),
      Resources: z.optional(z.nullable(z.array(z.string()))),
      /** Epoch seconds, possibly with a fraction. */
      Time: z.optional(z.nullable(z.union([z.number(), z.string()]))),
      TraceHeader: z.optional(z.nullable(z.string())),
    }),
  ),
});

export type PutEventsEntry = z.infer<typeof putEventsSchema>['Entries'][number];

/** Size of an entry as EventBridge counts it: 14 bytes for a given time, and the UTF-8 bytes of the rest. */
export function entryBytes(entry: PutEventsEntry): number {
  const texts = [entry.Source, entry.DetailType, entry.Detail, ...(entry.Resources ?? [])];
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text ?? ''), entry.Time == null ? 0 : 14);
}

export interface EntryError {
  readonly ErrorCode: string;
  readonly ErrorMessage: string;
}

/** Why EventBridge does not take the entry; `undefined` when it does. */
export function checkEntry(entry: PutEventsEntry): EntryError | undefined {
  for (const name of ['Source', 'DetailType', 'Detail'] as const) {
    if (!entry[name]) {
      return {
        ErrorCode: 'InvalidArgument',
        ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
      };
    }
  }
  if (entry.Source?.startsWith('aws.')) {
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  }
  if (parseDetail(entry) === undefined) {
    return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  }
  return undefined;
}

function parseDetail(entry: PutEventsEntry): object | undefined {
  try {
    const detail: unknown = JSON.parse(entry.Detail ?? '');
    return typeof detail === 'object' && detail !== null && !Array.isArray(detail) ? detail : undefined;
  } catch {
    return undefined;
  }
}

/** An event on the bus: as rules see it, and as targets get it. */
export interface BusEvent {
  readonly id: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly json: string;
}

/** Wraps a checked entry. The account is the caller's: no producer chooses it. */
export function makeEvent(entry: PutEventsEntry, accountId: string, region: string): BusEvent {
  const id = randomUUID();
  const seconds = Math.floor(entry.Time == null ? Date.now() / 1000 : Number(entry.Time));
  const envelope = {
    version: '0',
    id,
    'detail-type': entry.DetailType,
    source: entry.Source,
    account: accountId,
    time: new Date(seconds * 1000).toISOString().replace('.000Z', 'Z'),
    region,
    resources: entry.Resources ?? [],
  };
  return {
    id,
    fields: { ...envelope, detail: parseDetail(entry) },
    // The detail's own text, so that no number or duplicate key changes on the way.
    json: `${JSON.stringify(envelope).slice(0, -1)},"detail":${entry.Detail}}`,
  };
}
