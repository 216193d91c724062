// PutEvents: the limits, the validation of each entry, and the envelope that the bus adds.
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';

export const maxEntries = 10;

/** Maximum size of all entries of a call: 1 MiB. */
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

/** Size of an entry by EventBridge's rules: the UTF-8 bytes of its texts, and 14 bytes when it has a time. */
export function entryBytes(entry: PutEventsEntry): number {
  const texts = [entry.Source, entry.DetailType, entry.Detail, ...(entry.Resources ?? [])];
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text ?? ''), entry.Time == null ? 0 : 14);
}

export interface EntryError {
  readonly ErrorCode: string;
  readonly ErrorMessage: string;
}

/** The error that EventBridge returns for the entry; `undefined` when it accepts it. */
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

/** An event on the bus: `fields` for matching, `json` for targets. */
export interface BusEvent {
  readonly id: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly json: string;
}

/** Wraps a valid entry in an envelope. The account is that of the caller; a producer cannot choose it. */
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
    // The original text of the detail, so that no number or duplicate key changes.
    json: `${JSON.stringify(envelope).slice(0, -1)},"detail":${entry.Detail}}`,
  };
}
