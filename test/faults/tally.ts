// Counts the injected faults by kind. A kind that never happened fails the run, because the storm has not tested
// it.

/** Every kind of fault, in the order of the report. */
export const faultKinds = {
  'copy delivered again': 'an event sent again, in any order',
  'invalid event': 'an event that violates the contract',
  'contested identity': 'an event sent with two contents',
  'event ahead of the clock': 'an occurredAt up to 12 minutes ahead of the producer',
  'insert rejected: throttled':
    'ProvisionedThroughputExceededException or ThrottlingException, nothing written',
  'statements rejected inside a 200 response': 'an error for each statement, nothing written',
  'insert rejected: 500': 'InternalServerError, nothing written',
  'connection reset before the write': 'nothing written',
  'connection reset after the write': 'written, response lost',
  '500 after the write': 'written, response reports a failure',
  'slow response': 'written, delayed response',
  'response after the client timeout': 'written, response after the 5 seconds that the recorder waits',
  'read rejected': 'throttling, 500 or a reset on a GetItem',
  'entry rejected until its message is a dead letter':
    'one entry throttled at its first 70 to 90 attempts, the others of its calls not',
  'rejected queue: send rejected': 'throttling or 500 on a SendMessage of the recorder',
  'rejected queue: response lost': 'in the queue, response lost',
  'event with an object': 'states that do not fit an item and go to the bucket first',
  'object rejected': '503 on a PutObject, nothing written',
  'object written, response lost': 'the object is stored, response lost',
  'recorder killed between object and entry': 'SIGKILL when the object is written',
  'outage of the store': 'every call rejected or reset for seconds',
  'silence of the store': 'no response at all, longer than the recorder waits',
  'recorder killed': 'SIGKILL at any moment of a batch',
  'recorder killed before the write': 'SIGKILL when the insert arrives, which is not forwarded',
  'recorder killed after the write': 'SIGKILL when the insert is done, before the response',
  'dead letter requeued': 'a message that failed all its deliveries, redriven',
  'recorder frozen': 'suspended at any moment of a batch (SIGSTOP), so that it times out',
  'recorder timed out': 'ended by its timeout, as the stack reports it',
  'recorder clock skewed': 'the clock of new processes set up to a minute ahead or behind',
  'PutEvents: entries failed': 'some entries of a call accepted, the others not',
  'PutEvents: rejected': 'the complete call throttled or 500',
  'PutEvents: response lost': 'the events are on the bus, response lost',
  'stack restarted': 'everything but the store restarted, with batches in progress',
} as const;

export type FaultKind = keyof typeof faultKinds;

/** Each happens on one in four attempts to put an object, so with few objects one can be missing. */
const ofObjects: ReadonlySet<FaultKind> = new Set([
  'object rejected',
  'object written, response lost',
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

  /** Kinds that never happened, although there were enough opportunities. */
  missing(): FaultKind[] {
    const hasObjects = this.of('event with an object') >= enoughObjects;
    return (Object.keys(faultKinds) as FaultKind[]).filter(
      (kind) => this.of(kind) === 0 && (hasObjects || !ofObjects.has(kind)),
    );
  }
}
