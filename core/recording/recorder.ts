// Records a batch of queue messages: each becomes an entry, a duplicate, a rejected event or a dead letter. One bad message
// never stops its batch, and every step is safe to repeat.
import { createHash } from 'node:crypto';
import { directoryRowsOf } from '../directory/directory-rows.ts';
import { type EntryHead, eventIdsOf, type LogEntry } from '../entry/entry.ts';
import { entryKey } from '../storage/keys.ts';
import type { DirectoryWriter, EntryStore, InsertOutcome, SideQueue, StoredEntry } from '../storage/ports.ts';
import { errorCodes, RequestLogsError } from '../values/errors.ts';
import { type Issue, issueCodes } from '../values/issue.ts';
import { depthOf, maxWalkableDepth } from '../values/json.ts';
import { buildEntry, type RecordingPolicy, type Refusal } from './build-entry.ts';
import { isDuplicate } from './duplicate-check.ts';
import { describeRejection } from './rejection.ts';

/** What the recorder needs from outside. */
export interface RecorderPorts {
  readonly entries: Pick<EntryStore, 'insert' | 'findSameIdentity'>;
  readonly directory: DirectoryWriter;
  /** Takes rejected events, redacted, with the reasons. */
  readonly rejected: SideQueue;
  /** Takes bodies as they came, when they cannot be redacted or kept. */
  readonly deadLetters: SideQueue;
}

/** Why an event is not recorded. */
export interface Rejection extends Refusal {
  /** The entry that the event conflicts with. */
  readonly entryId?: string;
}

/** What became of one message. */
export type RecordOutcome =
  | { readonly status: 'recorded'; readonly entry: LogEntry }
  | { readonly status: 'duplicate'; readonly entry: EntryHead }
  | ({ readonly status: 'rejected' } & Rejection)
  | ({ readonly status: 'dead-lettered'; readonly code: string } & Rejection)
  /** Nothing is lost: the message must return to its queue. */
  | { readonly status: 'failed'; readonly error: unknown };

/** When a batch has to be done. */
export interface BatchDeadlines {
  /** From then on no further message is started, epoch milliseconds. */
  readonly startUntilMillis: number;
  /** Until then inserts that the store throttles are repeated, epoch milliseconds. */
  readonly retryUntilMillis: number;
}

/** Codes of events that go to the dead letters unchanged. */
export const deadLetterCodes = {
  notJson: issueCodes.notJson,
  unwalkable: 'TOO_DEEP_TO_REDACT',
  rejectionTooLarge: 'REJECTION_TOO_LARGE',
} as const;

const noDeadlines: BatchDeadlines = { startUntilMillis: Number.POSITIVE_INFINITY, retryUntilMillis: 0 };

/** A message whose event keeps the contract. */
interface Candidate {
  readonly index: number;
  readonly body: string;
  readonly envelope: unknown;
  readonly entry: LogEntry;
}

/** Takes messages off the queue. */
export class Recorder {
  readonly #ports: RecorderPorts;
  readonly #policy: RecordingPolicy;
  readonly #now: () => number;

  constructor(ports: RecorderPorts, policy: RecordingPolicy, now: () => number = Date.now) {
    this.#ports = ports;
    this.#policy = policy;
    this.#now = now;
  }

  /** Records the message bodies and returns an outcome for each, in the same order. Never throws for a message. */
  async record(
    bodies: readonly string[],
    deadlines: BatchDeadlines = noDeadlines,
  ): Promise<readonly RecordOutcome[]> {
    const outcomes: (RecordOutcome | undefined)[] = bodies.map(() => undefined);
    const candidates: Candidate[] = [];
    for (const [index, body] of bodies.entries()) {
      outcomes[index] = await settle(async () => {
        if (this.#now() >= deadlines.startUntilMillis) throw outOfTime();
        const built = this.#build(index, body);
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

  #build(index: number, body: string): Candidate | { readonly refuse: () => Promise<RecordOutcome> } {
    const parsed = parseBody(body);
    if ('issue' in parsed) return { refuse: () => this.#refuseBody(body, parsed.issue, parsed.code) };
    const { envelope } = parsed;
    const built = buildEntry(envelope, this.#policy, this.#now());
    if ('issues' in built) return { refuse: () => this.#reject(body, envelope, built) };
    return { index, body, envelope, entry: built.entry };
  }

  /** Inserts candidates of different identities. Yields the outcome of each by its index. */
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
   * Makes sure, before the insert, that the entry can be found through the directory as soon as it can be seen. When rows
   * would be written, the entry's identity is looked up first: the directory learns nothing from an event that conflicts
   * with a recorded one.
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
    if (inserted.status === 'recorded') return { status: 'recorded', entry: candidate.entry };
    return this.#compare(candidate, inserted.stored);
  }

  /** Compares an event with the entry of its identity: its own, a duplicate's, or one that it conflicts with. */
  async #compare({ body, envelope, entry }: Candidate, stored: StoredEntry): Promise<RecordOutcome> {
    const { head } = stored;
    if (await isDuplicate(stored, entry)) {
      // The same delivery: it was recorded before, and the answer was lost.
      const isOwn = head.producer.envelopeId === entry.producer.envelopeId;
      return isOwn
        ? { status: 'recorded', entry: { ...entry, recordedAt: head.recordedAt, late: head.late } }
        : { status: 'duplicate', entry: head };
    }
    const conflict = { issues: [conflictWith(head)], eventIds: eventIdsOf(entry), entryId: head.id };
    return this.#reject(body, envelope, conflict);
  }

  /** The body goes to the dead letters; the rejected queue gets its hash, its size and the reason. */
  async #refuseBody(
    body: string,
    issue: Issue,
    code: string,
    rejected: Rejection = { issues: [issue] },
  ): Promise<RecordOutcome> {
    const summary = {
      rejectedAt: new Date(this.#now()).toISOString(),
      reasons: [issue],
      body: summarize(body),
    };
    await this.#ports.rejected.send(JSON.stringify(summary), { code: issue.code });
    await this.#ports.deadLetters.send(body, { code });
    return { status: 'dead-lettered', code, ...rejected };
  }

  async #reject(body: string, envelope: unknown, rejected: Rejection): Promise<RecordOutcome> {
    const { issues } = rejected;
    const rejection = describeRejection(envelope, issues, this.#now());
    const code = issues[0]?.code ?? issueCodes.invalidValue;
    if (rejection === undefined) {
      const issue = { path: '', code, message: 'is rejected, and is too large to show redacted' };
      return this.#refuseBody(body, issue, deadLetterCodes.rejectionTooLarge, rejected);
    }
    await this.#ports.rejected.send(rejection, { code });
    return { status: 'rejected', ...rejected };
  }
}

function parseBody(body: string): { envelope: unknown } | { issue: Issue; code: string } {
  let envelope: unknown;
  try {
    envelope = JSON.parse(body);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const issue = { path: '', code: issueCodes.notJson, message: 'must be JSON' };
    return { issue, code: deadLetterCodes.notJson };
  }
  if (depthOf(envelope) > maxWalkableDepth) {
    const message = `must be nested at most ${maxWalkableDepth} deep to be redacted`;
    return { issue: { path: '', code: issueCodes.tooDeep, message }, code: deadLetterCodes.unwalkable };
  }
  return { envelope };
}

function summarize(body: string): { sha256: string; bytes: number } {
  return { sha256: createHash('sha256').update(body).digest('hex'), bytes: Buffer.byteLength(body) };
}

function conflictWith(stored: EntryHead): Issue {
  return {
    path: '/detail',
    code: issueCodes.conflict,
    message: `has the same identity (organizationId, source, eventId) as entry ${stored.id} but different content or a different time`,
  };
}

/**
 * The candidates in rounds, each identity once in a round: what comes second is compared with what came first, and teaches
 * the directory nothing when the two are in conflict.
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

/** The outcome of the work, or a failure. */
async function settle<T>(work: () => Promise<T>): Promise<T | { status: 'failed'; error: unknown }> {
  try {
    return await work();
  } catch (error) {
    return { status: 'failed', error };
  }
}

function outOfTime(): RequestLogsError {
  return new RequestLogsError(errorCodes.storeUnavailable, 'the batch ran out of time before this message');
}
