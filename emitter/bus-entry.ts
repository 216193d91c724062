// One entry of a PutEvents call, and its size as EventBridge calculates it.

export interface BusEntry {
  readonly source: string;
  readonly detailType: string;
  /** JSON text. */
  readonly detail: string;
  readonly time?: Date | undefined;
}

/**
 * Maximum entries in one PutEvents call:
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 */
export const maxEntriesPerCall = 10;

/** Reserved for the envelope: the event that EventBridge delivers is larger than the entry counted here. */
export const envelopeBytes = 8 * 1024;

/** Maximum bytes of all entries in one call, and therefore of a single entry: 1 MiB minus the envelope. */
export const maxCallBytes = 1024 * 1024 - envelopeBytes;

const timeBytes = 14;

/**
 * Size of an entry in bytes, as defined in
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html
 */
export function countEntryBytes(entry: BusEntry): number {
  return (
    (entry.time === undefined ? 0 : timeBytes) +
    Buffer.byteLength(entry.source) +
    Buffer.byteLength(entry.detailType) +
    Buffer.byteLength(entry.detail)
  );
}
