// Records one queue message: an entry, a duplicate, a rejected event or a dead letter. Throws only when a store or
// queue is out of reach, so that the message returns to its queue; every step is safe to repeat.
import { createHash } from 'node:crypto';
import { directoryRowsOf } from '../directory/directory-rows.ts';
import { type EntryHead, eventIdsOf, type LogEntry } from '../entry/entry.ts';
import type { DirectoryWriter, EntryStore, SideQueue } from '../storage/ports.ts';
import { type Issue, issueCodes } from '../values/issue.ts';
import { depthOf, maxWalkableDepth } from '../values/json.ts';
import { buildEntry, type RecordingPolicy, type Refusal } from './build-entry.ts';
import { isDuplicate } from './duplicate-check.ts';
import { describeRejection } from './rejection.ts';

export interface RecorderPorts {
  readonly entries: EntryStore;
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

export type RecordOutcome =
  | { readonly status: 'recorded'; readonly entry: LogEntry }
  | { readonly status: 'duplicate'; readonly entry: EntryHead }
  | ({ readonly status: 'rejected' } & Rejection)
  | ({ readonly status: 'dead-lettered'; readonly code: string } & Rejection);

/** Codes of events that go to the dead letters whole. */
export const deadLetterCodes = {
  notJson: issueCodes.notJson,
  unwalkable: 'TOO_DEEP_TO_REDACT',
  rejectionTooLarge: 'REJECTION_TOO_LARGE',
} as const;

/** Takes messages off the queue, one `record` each. */
export class Recorder {
  readonly #ports: RecorderPorts;
  readonly #policy: RecordingPolicy;
  readonly #now: () => number;

  constructor(ports: RecorderPorts, policy: RecordingPolicy, now: () => number = Date.now) {
    this.#ports = ports;
    this.#policy = policy;
    this.#now = now;
  }

  /** Deals with one message body. When it throws, nothing of the event is lost: the caller must retry it. */
  async record(body: string): Promise<RecordOutcome> {
    const parsed = parseBody(body);
    if ('issue' in parsed) return this.#refuseBody(body, parsed.issue, parsed.code);
    const now = this.#now();
    const admission = buildEntry(parsed.envelope, this.#policy, now);
    if ('issues' in admission) return this.#reject(body, parsed.envelope, admission);
    const { entry } = admission;
    // Before the put: an entry that can be seen can be found through the directory.
    await this.#ports.directory.ensure(entry.organizationId, directoryRowsOf(entry));
    const put = await this.#ports.entries.put(entry);
    if (put.status === 'recorded') return { status: 'recorded', entry };
    const { head } = put.stored;
    if (await isDuplicate(put.stored, entry)) return { status: 'duplicate', entry: head };
    const conflict = { issues: [conflictWith(head)], eventIds: eventIdsOf(entry), entryId: head.id };
    return this.#reject(body, parsed.envelope, conflict);
  }

  /** The body stays in the dead letters; the rejected queue tells of it without showing it. */
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
      const issue = { path: '', code, message: 'is rejected, and too large to be shown redacted' };
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
    message: `has the identity of entry ${stored.id} (organizationId, source, eventId) but other content or another time`,
  };
}
