// Records a batch of queue messages. Each becomes an entry, a duplicate, a rejected event or a dead letter. One bad
// message never stops its batch, and every step is safe to repeat.
import { directoryRowsOf } from '../directory/directory-rows.ts';
import { type EntryHead, eventIdsOf, type LogEntry } from '../entry/entry.ts';
import { entryKey } from '../storage/keys.ts';
import type {
  DirectoryWriter,
  DisputeStore,
  EntryStore,
  InsertOutcome,
  SideQueue,
  StoredEntry,
} from '../storage/ports.ts';
import { errorCodes, RequestLogsError } from '../values/errors.ts';
import { type Issue, issueCodes } from '../values/issue.ts';
import {
  buildEntry,
  type RecordingPolicy,
  type RejectionReasons,
  type ValidatedEntry,
} from './build-entry.ts';
import { isDuplicate } from './duplicate-check.ts';
import { deadLetterCodes, type IngestMessage, parseBody, summarizeBody } from './ingest-message.ts';
import { type DisputeOutcome, keepDispute } from './keep-dispute.ts';
import { toRedriveAttributes } from './redrive.ts';
import { describeRejection } from './rejection.ts';

/** The stores and queues that the recorder uses. */
export interface RecorderPorts {
  readonly entries: Pick<EntryStore, 'insert' | 'findSameIdentity'> & {
    readonly disputes: Pick<DisputeStore, 'list' | 'insert'>;
  };
  readonly directory: DirectoryWriter;
  /** Receives rejected events, redacted, with the reasons. */
  readonly rejected: SideQueue;
  /** Receives the original body of a message that cannot be redacted or stored. */
  readonly deadLetters: SideQueue;
}

/** Why an event is not recorded. */
export interface Rejection extends RejectionReasons {
  /** The entry that the event conflicts with. */
  readonly entryId?: string;
  /** Whether the event is kept beside that entry. */
  readonly dispute?: DisputeOutcome;
}

/** The outcome of one message. */
export type RecordOutcome =
  | ({ readonly status: 'recorded' } & ValidatedEntry)
  | { readonly status: 'duplicate'; readonly entry: EntryHead }
  | ({ readonly status: 'rejected' } & Rejection)
  | ({ readonly status: 'dead-lettered'; readonly code: string } & Rejection)
  /** Not recorded. The message must return to its queue. */
  | { readonly status: 'failed'; readonly error: unknown };

/** The deadlines of a batch. */
export interface BatchDeadlines {
  /** No message is started at or after this time, in epoch milliseconds. */
  readonly startUntilMillis: number;
  /** Throttled inserts are retried until this time, in epoch milliseconds. */
  readonly retryUntilMillis: number;
}

/** The pure steps of recording, which a caller can wrap, for example to cache their results. */
export interface RecordingSteps {
  readonly buildEntry: typeof buildEntry;
  readonly describeRejection: typeof describeRejection;
}

const standardSteps: RecordingSteps = { buildEntry, describeRejection };

const noDeadlines: BatchDeadlines = { startUntilMillis: Number.POSITIVE_INFINITY, retryUntilMillis: 0 };

/** A message whose event conforms to the contract. */
interface Candidate {
  readonly index: number;
  readonly message: IngestMessage;
  readonly envelope: unknown;
  readonly entry: LogEntry;
  readonly hasFalseRedactionClaim: boolean;
}

/** Records events from queue messages. */
export class Recorder {
  readonly #ports: RecorderPorts;
  readonly #policy: RecordingPolicy;
  readonly #now: () => number;
  readonly #steps: RecordingSteps;

  constructor(
    ports: RecorderPorts,
    policy: RecordingPolicy,
    now: () => number = Date.now,
    steps: RecordingSteps = standardSteps,
  ) {
    this.#ports = ports;
    this.#policy = policy;
    this.#now = now;
    this.#steps = steps;
  }

  /**
   * Records the messages, or bodies of messages from the event bus, and returns an outcome for each, in the same order.
   * Never throws for a message.
   */
  async record(
    messages: readonly (IngestMessage | string)[],
    deadlines: BatchDeadlines = noDeadlines,
  ): Promise<readonly RecordOutcome[]> {
    const outcomes: (RecordOutcome | undefined)[] = messages.map(() => undefined);
    const candidates: Candidate[] = [];
    for (const [index, given] of messages.entries()) {
      const message = typeof given === 'string' ? { body: given } : given;
      outcomes[index] = await settle(async () => {
        if (this.#now() >= deadlines.startUntilMillis) throw outOfTime();
        const built = this.#build(index, message);
        if (!('entry' in built)) return built.refuse();
        candidates.push(built);
        return undefined;
      });
    }
    for (const round of roundsOf(candidates)) {
      for (const [index, outcome] of await this.#insertRound(round, deadlines)) outcomes[index] = outcome;
    }
    return outcomes.map((outcome) => outcome ?? { status: 'failed', error: outOfTime() });
  }

  #build(
    index: number,
    message: IngestMessage,
  ): Candidate | { readonly refuse: () => Promise<RecordOutcome> } {
    const parsed = parseBody(message.body);
    if ('issue' in parsed) return { refuse: () => this.#refuseBody(message, parsed.issue, parsed.code) };
    const { envelope } = parsed;
    const built = this.#steps.buildEntry(envelope, this.#policy, this.#now(), message.redrive);
    if ('issues' in built) return { refuse: () => this.#reject(message, envelope, built) };
    return { index, message, envelope, ...built };
  }

  /** Inserts candidates with distinct identities. Returns the outcomes by message index. */
  async #insertRound(
    round: readonly Candidate[],
    { retryUntilMillis }: BatchDeadlines,
  ): Promise<ReadonlyMap<number, RecordOutcome>> {
    const outcomes = new Map<number, RecordOutcome>();
    const prepared = await Promise.all(
      round.map(async (candidate) => {
        const outcome = await settle(() => this.#prepareDirectory(candidate));
        if (outcome !== undefined) outcomes.set(candidate.index, outcome);
        return outcome === undefined ? [candidate] : [];
      }),
    );
    const ready = prepared.flat();
    if (ready.length === 0) return outcomes;
    const inserted = await this.#ports.entries.insert(
      ready.map(({ entry }) => entry),
      { retryUntilMillis },
    );
    await Promise.all(
      ready.map(async (candidate, place) => {
        outcomes.set(candidate.index, await settle(() => this.#conclude(candidate, inserted[place])));
      }),
    );
    return outcomes;
  }

  /**
   * Writes the entry's directory rows before the insert, so that a visible entry can always be found through the
   * directory. If rows are missing, it looks up the entry's identity first, because an event that conflicts with a
   * recorded one must not add rows.
   */
  async #prepareDirectory(candidate: Candidate): Promise<RecordOutcome | undefined> {
    const { entry } = candidate;
    const { directory, entries } = this.#ports;
    const missing = await directory.findMissing(entry.organizationId, directoryRowsOf(entry));
    if (missing.length === 0) return undefined;
    const stored = await entries.findSameIdentity(entry.organizationId, entry.id);
    if (stored !== undefined) return this.#compare(candidate, stored);
    await directory.ensure(entry.organizationId, missing);
    return undefined;
  }

  async #conclude(candidate: Candidate, inserted: InsertOutcome | undefined): Promise<RecordOutcome> {
    if (inserted === undefined || inserted.status === 'failed') {
      throw inserted?.error ?? outOfTime();
    }
    if (inserted.status === 'recorded') {
      const { entry, hasFalseRedactionClaim } = candidate;
      return { status: 'recorded', entry, hasFalseRedactionClaim };
    }
    return this.#compare(candidate, inserted.stored);
  }

  /** Compares an event with the stored entry of the same identity: recorded earlier, a duplicate or a conflict. */
  async #compare(
    { message, envelope, entry, hasFalseRedactionClaim }: Candidate,
    stored: StoredEntry,
  ): Promise<RecordOutcome> {
    const { head } = stored;
    if (await isDuplicate(stored, entry)) {
      // The same delivery was recorded before, but the response was lost.
      const isOwn = head.producer.envelopeId === entry.producer.envelopeId;
      return isOwn
        ? {
            status: 'recorded',
            entry: { ...entry, recordedAt: head.recordedAt, late: head.late },
            hasFalseRedactionClaim,
          }
        : { status: 'duplicate', entry: head };
    }
    const dispute = await keepDispute(head, entry, this.#ports.entries.disputes);
    const conflict = {
      issues: [conflictWith(head)],
      eventIds: eventIdsOf(entry),
      entryId: head.id,
      dispute,
    };
    return this.#reject(message, envelope, conflict);
  }

  /** Sends the body to the dead-letter queue, and its hash, its size and the reason to the rejected queue. */
  async #refuseBody(
    { body, redrive }: IngestMessage,
    issue: Issue,
    code: string,
    rejected: Rejection = { issues: [issue] },
  ): Promise<RecordOutcome> {
    const summary = {
      rejectedAt: new Date(this.#now()).toISOString(),
      reasons: [issue],
      body: summarizeBody(body),
    };
    const attributes = toRedriveAttributes(redrive);
    await this.#ports.rejected.send(JSON.stringify(summary), { code: issue.code, ...attributes });
    await this.#ports.deadLetters.send(body, { code, ...attributes });
    return { status: 'dead-lettered', code, ...rejected };
  }

  async #reject(message: IngestMessage, envelope: unknown, rejected: Rejection): Promise<RecordOutcome> {
    const { issues } = rejected;
    const rejection = this.#steps.describeRejection(envelope, issues, this.#now());
    const code = issues[0]?.code ?? issueCodes.invalidValue;
    if (rejection === undefined) {
      const issue = {
        path: '',
        code,
        message: 'is rejected and too large for the rejected queue after redaction',
      };
      return this.#refuseBody(message, issue, deadLetterCodes.rejectionTooLarge, rejected);
    }
    await this.#ports.rejected.send(rejection, { code, ...toRedriveAttributes(message.redrive) });
    return { status: 'rejected', ...rejected };
  }
}

function conflictWith(stored: EntryHead): Issue {
  return {
    path: '/detail',
    code: issueCodes.conflict,
    message: `has the same identity (organizationId, source, eventId) as entry ${stored.id} but different content or a different time`,
  };
}

/**
 * Splits the candidates into rounds that contain each identity at most once. A later candidate is compared with the
 * entry of the earlier one, and adds no directory rows if the two conflict.
 */
function roundsOf(candidates: readonly Candidate[]): Candidate[][] {
  const rounds: Candidate[][] = [];
  const timesSeen = new Map<string, number>();
  for (const candidate of candidates) {
    const { organizationId, id } = candidate.entry;
    const identity = entryKey(organizationId, id);
    const number = timesSeen.get(identity) ?? 0;
    timesSeen.set(identity, number + 1);
    const round = rounds[number] ?? [];
    rounds[number] = round;
    round.push(candidate);
  }
  return rounds;
}

/** Returns the result of the work, or a failed outcome if it throws. */
async function settle<T>(work: () => Promise<T>): Promise<T | { status: 'failed'; error: unknown }> {
  try {
    return await work();
  } catch (error) {
    return { status: 'failed', error };
  }
}

function outOfTime(): RequestLogsError {
  return new RequestLogsError(
    errorCodes.storeUnavailable,
    'the batch ran out of time before it reached this message',
  );
}
