// Records one message at a time, for tests.
import type { Recorder, RecordOutcome } from '../../core/recording/recorder.ts';

/** Records a message and resolves to its outcome. Fails with the error of a message that must be retried. */
export async function recordOne(
  recorder: Pick<Recorder, 'record'>,
  body: string,
): Promise<Exclude<RecordOutcome, { readonly status: 'failed' }>> {
  const [outcome] = await recorder.record([body]);
  if (outcome === undefined) throw new Error('the recorder returned no outcome');
  if (outcome.status === 'failed') throw outcome.error;
  return outcome;
}
