// Counts what was done to the stack, by kind. A kind that never happened fails the run: the storm has not tested it.

/** Every kind of fault, in the order of the report. */
export const faultKinds = {
  'copy delivered again': 'an event sent again, in any order',
  'poisoned event': 'an event that is none of the contract',
  'contested identity': 'an event sent with two contents',
  'event ahead of the clock': 'an occurredAt up to 12 minutes ahead of the producer',
  'put refused: throttled': 'ProvisionedThroughputExceededException or ThrottlingException, nothing written',
  'statements refused inside a 200': 'an error for each statement, nothing written',
  'put refused: 500': 'InternalServerError, nothing written',
  'connection reset before the write': 'nothing written',
  'connection reset after the write': 'written, the answer lost',
  '500 after the write': 'written, the answer says failed',
  'slow answer': 'written, answered late',
  'answer after the client gave up': 'written, answered after the 5 seconds that the recorder waits',
  'read refused': 'throttling, 500 or a reset on a GetItem',
  'entry refused until its message is dead':
    'one entry throttled at its first 70 to 90 tries, the others of its calls not',
  'rejected queue: refused': 'throttling or 500 on a SendMessage of the recorder',
  'rejected queue: answer lost': 'in the queue, the answer lost',
  'event with an object': 'states that do not fit an item and are put into the bucket first',
  'object refused': '503 on a PutObject, nothing written',
  'object written, answer lost': 'the object is there, the answer lost',
  'recorder killed between object and entry': 'SIGKILL when the object is written',
  'outage of the store': 'every call refused or reset for seconds',
  'silence of the store': 'no answer at all, longer than the recorder waits',
  'recorder killed': 'SIGKILL at any moment of a batch',
  'recorder killed before the write': 'SIGKILL when the put arrives; it is not passed on',
  'recorder killed after the write': 'SIGKILL when the put is done and not answered',
  'dead letter put back': 'a message that failed all its deliveries, redriven',
  'recorder frozen': 'stopped at any moment of a batch (SIGSTOP), so that it times out',
  'recorder timed out': 'ended by its time-out, as the stack reports it',
  'recorder clock skewed': 'the clock of new processes put up to a minute ahead or behind',
  'PutEvents: entries failed': 'some entries of a call taken, the others not',
  'PutEvents: refused': 'the whole call throttled or 500',
  'PutEvents: answer lost': 'the events are on the bus, the answer lost',
  'stack restarted': 'everything but the store stopped and started again, batches under way',
} as const;

export type FaultKind = keyof typeof faultKinds;

/** Each happens at one in four tries to put an object, so that among few objects one may be missing. */
const ofObjects: ReadonlySet<FaultKind> = new Set([
  'object refused',
  'object written, answer lost',
  'recorder killed between object and entry',
]);
const enoughObjects = 8;

export class Tally {
  readonly #counts = new Map<FaultKind, number>();

  count(kind: FaultKind, times = 1): void {
    this.#counts.set(kind, this.of(kind) + times);
  }

  of(kind: FaultKind): number {
    return this.#counts.get(kind) ?? 0;
  }

  /** Kinds that never happened, though there was occasion enough. */
  missing(): FaultKind[] {
    const hasObjects = this.of('event with an object') >= enoughObjects;
    return (Object.keys(faultKinds) as FaultKind[]).filter(
      (kind) => this.of(kind) === 0 && (hasObjects || !ofObjects.has(kind)),
    );
  }
}
