// Recording one message at a time, as most tests want it.
import type { Recorder, RecordOutcome } from '../../core/recording/recorder.ts';

/** What became of one message. Fails with the error of a message that must be tried again. */
export async function recordOne(
  recorder: Pick<Recorder, 'record'>,
  body: string,
): Promise<Exclude<RecordOutcome, { readonly status: 'failed' }>> {
  const [outcome] = await recorder.record([body]);
  if (outcome === undefined) throw new Error('the recorder gave no outcome');
  if (outcome.status === 'failed') throw outcome.error;
  return outcome;
}
