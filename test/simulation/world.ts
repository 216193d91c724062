// A deterministic environment for the recorder: stores and queues in memory. Every call waits for a seeded
// scheduler and can fail before it takes effect, lose its response afterward, or end the process. The same seed
// gives the same history.
import { directoryRowsOf } from '../../core/directory/directory-rows.ts';
import type { LogEntry } from '../../core/entry/entry.ts';
import type { RecorderPorts, RecordingSteps, RecordOutcome } from '../../core/recording/recorder.ts';
import { Recorder } from '../../core/recording/recorder.ts';
import { disputeKey, entryKey, maxDisputes } from '../../core/storage/keys.ts';
import type { DirectoryRow, InsertOutcome, StoredDispute, StoredEntry } from '../../core/storage/ports.ts';
import type { Random } from '../../local/demo/random.ts';
import { now, policy } from '../support/fixtures.ts';

/** Deliberate bugs, to verify that the laws detect them. */
export const sabotages = [
  'insert replaces an entry',
  'insert is acknowledged but not performed',
  'insert changes the account',
  'a duplicate is inserted under another key',
  'rejected events are dropped',
  'dead letters are dropped',
  'directory rows are dropped',
  'the directory reports no missing rows',
  'conflicts add directory rows',
  'failed messages are acknowledged',
  'disputes are dropped',
  'stored disputes are not recognized',
] as const;

export type Sabotage = (typeof sabotages)[number];

export interface Message {
  readonly body: string;
  /** Whether the event is valid, violates the contract, or is not JSON. */
  readonly kind: 'valid' | 'invalid' | 'garbage';
  /** Messages with the same event ID have the same identity. */
  readonly eventId: string;
  readonly accountId: string;
}

export interface World {
  readonly entries: Map<string, LogEntry>;
  readonly disputes: Map<string, LogEntry>;
  readonly rows: Map<string, DirectoryRow>;
  readonly rejected: string[];
  readonly deadLetters: string[];
  /** IDs of events that two processes handled concurrently. */
  readonly contested: Set<string>;
}

/**
 * Thrown by calls of a process that has ended. All errors are created once, because a stack trace costs more
 * than a history.
 */
const ended = new Error('the process has ended');
const refused = new Error('refused');
const answerLost = new Error('response lost');

const rowKey = ({ field, accountId, term, value }: DirectoryRow) => `${field}|${accountId}|${term}|${value}`;

const stored = (entry: LogEntry): StoredEntry => ({ head: entry, readFull: async () => entry });

/** Runs a history: concurrent processes deliver each message one or more times until it is acknowledged. */
export async function runHistory(
  messages: readonly Message[],
  random: Random,
  sabotage?: Sabotage,
  steps?: RecordingSteps,
): Promise<World> {
  const world: World = {
    entries: new Map(),
    disputes: new Map(),
    rows: new Map(),
    rejected: [],
    deadLetters: [],
    contested: new Set(),
  };
  const turns: (() => void)[] = [];
  const turn = () => new Promise<void>((resolve) => turns.push(resolve));
  let faultsLeft = random.integer(0, 6);
  const inWork = new Map<string, number>();

  /** Makes one call: waits for its turn, then applies the effect unless the process or the call fails. */
  function makeCall(process: { isDead: boolean }) {
    return async <T>(effect: () => T): Promise<T> => {
      await turn();
      if (process.isDead) throw ended;
      const fault = faultsLeft > 0 && random.chance(0.15) ? random.integer(1, 4) : 0;
      if (fault !== 0) faultsLeft--;
      if (fault === 1) throw refused;
      if (fault === 2) {
        process.isDead = true;
        throw ended;
      }
      const result = effect();
      if (fault === 3) throw answerLost;
      if (fault === 4) {
        process.isDead = true;
        throw ended;
      }
      return result;
    };
  }

  function insertOne(entry: LogEntry): InsertOutcome {
    const key = entryKey(entry.organizationId, entry.id);
    const there = world.entries.get(key);
    if (
      sabotage === 'insert is acknowledged but not performed' &&
      there === undefined &&
      random.chance(0.3)
    ) {
      return { status: 'recorded' };
    }
    if (there !== undefined && sabotage === 'a duplicate is inserted under another key') {
      world.entries.set(`${key}#again`, entry);
      return { status: 'recorded' };
    }
    if (there !== undefined && sabotage !== 'insert replaces an entry') {
      return { status: 'exists', stored: stored(there) };
    }
    const written =
      sabotage === 'insert changes the account' ? { ...entry, accountId: '999999999999' } : entry;
    world.entries.set(key, written);
    return { status: 'recorded' };
  }

  function makePorts(process: { isDead: boolean }): RecorderPorts {
    const call = makeCall(process);
    return {
      entries: {
        insert: async (entries) => {
          try {
            return await call(() => entries.map(insertOne));
          } catch (error) {
            return entries.map((): InsertOutcome => ({ status: 'failed', error }));
          }
        },
        findSameIdentity: (organizationId, id) =>
          call(() => {
            const entry = world.entries.get(entryKey(organizationId, id));
            return entry === undefined || sabotage === 'conflicts add directory rows'
              ? undefined
              : stored(entry);
          }),
        disputes: {
          list: (organizationId, id) =>
            call(() =>
              Array.from({ length: maxDisputes }, (_, slot) => slot).flatMap((slot): StoredDispute[] => {
                const event = world.disputes.get(disputeKey(organizationId, id, slot));
                if (event === undefined) return [];
                return sabotage === 'stored disputes are not recognized'
                  ? [{ slot }]
                  : [{ slot, event: stored(event) }];
              }),
            ),
          insert: ({ organizationId, id }, event, slot) =>
            call(() => {
              const key = disputeKey(organizationId, id, slot);
              if (world.disputes.has(key)) return 'exists';
              if (sabotage !== 'disputes are dropped') world.disputes.set(key, event);
              return 'inserted';
            }),
        },
      },
      directory: {
        findMissing: (_, rows) =>
          call(() =>
            sabotage === 'the directory reports no missing rows'
              ? []
              : rows.filter((row) => !world.rows.has(rowKey(row))),
          ),
        ensure: (_, rows) =>
          call(() => {
            if (sabotage === 'directory rows are dropped') return;
            for (const row of rows) world.rows.set(rowKey(row), row);
          }),
      },
      rejected: {
        send: (body) =>
          call(() => {
            if (sabotage !== 'rejected events are dropped') world.rejected.push(body);
          }),
      },
      deadLetters: {
        send: (body) =>
          call(() => {
            if (sabotage !== 'dead letters are dropped') world.deadLetters.push(body);
          }),
      },
    };
  }

  /** Delivers the batch to a new process, and again until every message in it is acknowledged. */
  async function deliver(batch: readonly Message[]): Promise<void> {
    let open = batch;
    while (open.length > 0) {
      for (const { eventId } of open) {
        inWork.set(eventId, (inWork.get(eventId) ?? 0) + 1);
        if ((inWork.get(eventId) ?? 0) > 1) world.contested.add(eventId);
      }
      const process = { isDead: false };
      const recorder = new Recorder(makePorts(process), policy, () => now, steps);
      const outcomes: readonly RecordOutcome[] = await recorder.record(open.map(({ body }) => body));
      for (const { eventId } of open) inWork.set(eventId, (inWork.get(eventId) ?? 1) - 1);
      if (sabotage === 'failed messages are acknowledged') return;
      open = open.filter((_, index) => process.isDead || outcomes[index]?.status === 'failed');
    }
  }

  const batches: Message[][] = [];
  const deliveries = messages.flatMap((message) =>
    Array.from({ length: random.integer(1, 2) }, () => message),
  );
  while (deliveries.length > 0) {
    const [picked] = deliveries.splice(random.integer(0, deliveries.length - 1), 1);
    const last = batches.at(-1);
    if (picked === undefined) break;
    if (last === undefined || last.length >= 3 || random.chance(0.4)) batches.push([picked]);
    else last.push(picked);
  }
  let isDone = false;
  const work = Promise.all(
    [0, 1].map(async (worker) => {
      for (const [number, batch] of batches.entries()) if (number % 2 === worker) await deliver(batch);
    }),
  ).finally(() => {
    isDone = true;
  });
  while (!isDone) {
    await new Promise((resolve) => setImmediate(resolve));
    const [next] = turns.splice(random.integer(0, Math.max(0, turns.length - 1)), 1);
    next?.();
  }
  await work;
  return world;
}

/** Returns the laws that the history violates. */
export function findBrokenLaws(world: World, messages: readonly Message[]): string[] {
  const broken: string[] = [];
  const entries = [...world.entries.values()];
  const disputes = [...world.disputes.values()];
  const valid = messages.filter(({ kind }) => kind === 'valid');
  for (const id of new Set(valid.map(({ eventId }) => eventId))) {
    const rivals = valid.filter(({ eventId }) => eventId === id);
    const found = entries.filter(({ eventId }) => eventId === id);
    if (found.length !== 1) broken.push(`event ${id} has ${found.length} entries`);
    for (const entry of found) {
      if (!rivals.some(({ accountId }) => accountId === entry.accountId)) {
        broken.push(`entry of ${id} was changed`);
      }
    }
    for (const { accountId } of rivals) {
      const isRecorded = found.some((entry) => entry.accountId === accountId);
      const isRejected = world.rejected.some((body) => body.includes(id) && body.includes(accountId));
      if (!isRecorded && !isRejected) broken.push(`event ${id} of ${accountId} is lost`);
      const kept = disputes.filter((one) => one.eventId === id && one.accountId === accountId).length;
      if (kept !== (isRecorded ? 0 : 1)) {
        broken.push(`event ${id} of ${accountId} has ${kept} disputes`);
      }
    }
  }
  for (const { eventId, accountId } of disputes) {
    if (!valid.some((one) => one.eventId === eventId && one.accountId === accountId)) {
      broken.push('a dispute belongs to no event');
    }
  }
  const known = new Set<string>();
  for (const entry of entries) {
    if (!valid.some(({ eventId }) => eventId === entry.eventId))
      broken.push('a rejected event is not redacted');
    for (const row of directoryRowsOf(entry)) {
      const key = rowKey(row);
      known.add(key);
      if (!world.rows.has(key)) broken.push(`the directory lacks ${row.field} of ${entry.eventId}`);
    }
  }
  for (const { body, kind, eventId } of messages) {
    if (kind === 'garbage' && !world.deadLetters.includes(body)) broken.push('a dead letter is lost');
    if (kind === 'invalid' && !world.rejected.some((text) => text.includes(eventId))) {
      broken.push('a rejected event is lost');
    }
  }
  // When two processes handle the same identity, both can write directory rows before either inserts. The
  // product does not prevent that.
  const contested = valid.filter(({ eventId }) => world.contested.has(eventId));
  for (const [key, row] of world.rows) {
    const isContested = contested.some(({ body }) => body.includes(row.accountId ?? row.term));
    if (!known.has(key) && !isContested)
      broken.push(`the directory has a row for ${row.field} without a recorded entry`);
  }
  return broken;
}
