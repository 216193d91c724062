// One entry of a PutEvents call, and its size as EventBridge counts it.

export interface BusEntry {
  readonly source: string;
  readonly detailType: string;
  /** JSON text. */
  readonly detail: string;
  readonly time?: Date | undefined;
}

/** Entries that one PutEvents call may hold: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
export const maxEntriesPerCall = 10;

/** Room for what EventBridge wraps around an entry: the delivered event is larger than the entry counted here. */
export const envelopeBytes = 8 * 1024;

/** Bytes of all entries of one call, and so of one entry: 1 MiB less the envelope. */
export const maxCallBytes = 1024 * 1024 - envelopeBytes;

const timeBytes = 14;

/** Bytes of an entry, counted as https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html says. */
export function countEntryBytes(entry: BusEntry): number {
  return (
    (entry.time === undefined ? 0 : timeBytes) +
    Buffer.byteLength(entry.source) +
    Buffer.byteLength(entry.detailType) +
    Buffer.byteLength(entry.detail)
  );
}
