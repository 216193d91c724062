// The value of the sequencer item: the last decided batch, and how far the stream is read.
import * as z from 'zod/mini';
import { logContradicted } from './log-error.ts';

const positionSchema = z.object({
  /** The sequence number of the last record that was read, or 'start'. */
  after: z.string(),
  isAtEnd: z.boolean(),
});

const stateSchema = z.object({
  format: z.literal(1),
  /** The last decided batch. Absent before the first one. */
  batch: z.optional(
    z.object({ number: z.number(), key: z.string(), sha256: z.string(), decidedAtMillis: z.number() }),
  ),
  /** Whether everything that follows from the last batch is published. */
  isPublished: z.boolean(),
  positions: z.record(z.string(), positionSchema),
  /** The scan of the table that is in progress: the position after its last page. */
  scan: z.optional(z.object({ after: z.optional(z.string()) })),
  /**
   * Items inserted before this time, in epoch milliseconds, are sealed, or are found from the positions or by the scan
   * in progress. Updated about every hour.
   */
  coveredUntilMillis: z.optional(z.number()),
  /** Keeps a second sealer out. Only the version of the item makes two sealers safe. */
  lease: z.optional(z.object({ holder: z.string(), untilMillis: z.number() })),
});

/** The position in one shard. */
export type ShardPosition = z.infer<typeof positionSchema>;
/** Positions by shard ID. */
export type ShardPositions = Readonly<Record<string, ShardPosition>>;
export type SequencerState = z.infer<typeof stateSchema>;

/** The state of a new log: it reads the stream from its start and scans the table for entries that are older. */
export const initialState: SequencerState = { format: 1, isPublished: true, positions: {}, scan: {} };

/** Returns the JSON text of the state. */
export function encodeState(state: SequencerState): string {
  return JSON.stringify(state);
}

/** Returns the state in a sequencer item. Fails with LOG_CONTRADICTED if it is malformed. */
export function decodeState(value: string): SequencerState {
  try {
    return stateSchema.parse(JSON.parse(value));
  } catch (error) {
    throw logContradicted('the sequencer item is malformed', error);
  }
}
