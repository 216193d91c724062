// Tests that events that conflict with a recorded entry are stored next to it.
import { beforeEach, describe, expect, it } from 'vitest';
import type { RecordingPolicy } from '../../../core/recording/build-entry.ts';
import { Recorder } from '../../../core/recording/recorder.ts';
import { currentRules } from '../../../core/redaction/engine/rules.ts';
import type { DisputeStore } from '../../../core/storage/ports.ts';
import { fixedShards } from '../../../core/storage/shard-counts.ts';
import { MemoryDirectory } from '../../../store/memory-directory.ts';
import { MemoryEntryStore } from '../../../store/memory-entry-store.ts';
import { MemoryOverflowStore } from '../../../store/memory-overflow-store.ts';
import { makeEvent, now, policy } from '../../support/fixtures.ts';
import { incompressibleStates } from '../../support/large-entries.ts';
import { recordOne } from '../../support/record.ts';

let overflow: MemoryOverflowStore;
let entries: MemoryEntryStore;
let rejected: string[];

beforeEach(() => {
  overflow = new MemoryOverflowStore();
  entries = new MemoryEntryStore(fixedShards(), overflow);
  rejected = [];
});

const directory = new MemoryDirectory();
const queue = { send: async (body: string) => void rejected.push(body) };

const record = (event: object, overrides: Partial<RecordingPolicy> = {}, disputes = entries.disputes) =>
  recordOne(
    new Recorder(
      {
        entries: {
          insert: (all) => entries.insert(all),
          findSameIdentity: (...identity) => entries.findSameIdentity(...identity),
          disputes,
        },
        directory,
        rejected: queue,
        deadLetters: queue,
      },
      { ...policy, ...overrides },
      () => now,
    ),
    JSON.stringify(event),
  );

const eventBy = (userId: string, detail: object = {}) => {
  const event = makeEvent({ eventId: 'contested', detail });
  event.detail.actor = { ...event.detail.actor, userId };
  return event;
};

/** Records the entry and returns its ID. */
async function recordEntry(event: object = eventBy('u-first'), overrides = {}): Promise<string> {
  const outcome = await record(event, overrides);
  if (outcome.status !== 'recorded') throw new Error(outcome.status);
  return outcome.entry.id;
}

const usersOf = async (id: string) =>
  (await entries.disputes.list('acme', id)).map(({ event }) => event?.head.user.id);

describe('disputes', () => {
  it('stores a conflicting event next to the entry and still sends it to the rejected queue', async () => {
    const id = await recordEntry();
    expect(await record(eventBy('u-second'))).toMatchObject({
      status: 'rejected',
      entryId: id,
      dispute: 'kept',
    });
    expect(await usersOf(id)).toEqual(['u-second']);
    expect(rejected.map((body) => JSON.parse(body).reasons[0].code)).toEqual(['CONFLICT']);
    const [{ event } = {}] = await entries.disputes.list('acme', id);
    expect(event?.head).toMatchObject({
      recordedAt: new Date(now).toISOString(),
      producer: { account: '210987654321' },
    });
  });

  it('stores an event once, even if it is delivered in parallel or again after a change of the rules', async () => {
    const id = await recordEntry();
    const older = { ...currentRules, version: currentRules.version - 1 };
    const conflicting = eventBy('u-second');
    const outcomes = await Promise.all(
      Array.from({ length: 5 }, () => record(conflicting, { redactionRules: older })),
    );
    expect(outcomes.filter((outcome) => 'dispute' in outcome && outcome.dispute === 'kept')).toHaveLength(1);
    expect(await record({ ...conflicting, id: 'resent' })).toMatchObject({ dispute: 'already-kept' });
    expect(await usersOf(id)).toEqual(['u-second']);
  });

  it('stores at most ten per entry, even if they arrive at the same time, and reports the others', async () => {
    const id = await recordEntry();
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, (_, number) => record(eventBy(`u-${number}`))),
    );
    const counts = Object.groupBy(outcomes, (outcome) => ('dispute' in outcome && outcome.dispute) || 'none');
    expect(counts.kept).toHaveLength(10);
    expect(counts['over-limit']).toHaveLength(2);
    expect(new Set(await usersOf(id)).size).toBe(10);
    expect(rejected).toHaveLength(12);
  });

  it('stores an event with a different time or account, and expires it with the entry', async () => {
    const id = await recordEntry(eventBy('u-1'), { retentionDays: 400 });
    const stored = await entries.get('acme', id);
    const other = eventBy('u-1', { occurredAt: '2026-11-01T00:00:00.000Z', accountId: '999999999999' });
    await record(other, { retentionDays: 30 });
    const [{ event } = {}] = await entries.disputes.list('acme', id);
    expect(event?.head).toMatchObject({
      timestamp: '2026-11-01T00:00:00.000Z',
      accountId: '999999999999',
      expiresAt: stored?.head.expiresAt,
    });
    const items = [...entries.items.values()];
    expect(items.map(({ expiresAt }) => expiresAt)).toEqual([stored?.head.expiresAt, stored?.head.expiresAt]);
  });

  it('stores only redacted events', async () => {
    const id = await recordEntry();
    const secret = 'hunter2-but-longer';
    await record(eventBy('u-1', { after: { password: secret } }));
    const [{ event } = {}] = await entries.disputes.list('acme', id);
    expect((await event?.readFull())?.after).toEqual({ password: '[REDACTED:1]' });
    expect(JSON.stringify([...entries.items.values()])).not.toContain(secret);
  });

  it('stores large states in the overflow bucket with the ID and the retention of the entry, and does not read them again', async () => {
    const id = await recordEntry(eventBy('u-1'), { retentionDays: 400 });
    const states = incompressibleStates(620_000);
    const large = eventBy('u-1', { ...states, occurredAt: '2026-11-01T00:00:00.000Z' });
    await record(large, { retentionDays: 30 });
    expect([...overflow.objects.keys()]).toEqual([expect.stringContaining(`retention.400/acme/${id}/`)]);
    const [{ event } = {}] = await entries.disputes.list('acme', id);
    expect((await event?.readFull())?.after).toEqual(states.after);
    overflow.objects.clear();
    const newer = { redactionRules: { ...currentRules, version: currentRules.version + 1 } };
    const small = eventBy('u-small');
    expect(await record(small, newer)).toMatchObject({ dispute: 'kept' });
    expect(await record(small, newer)).toMatchObject({ dispute: 'already-kept' });
  });

  it('uses the next slot if one contains a malformed item', async () => {
    const id = await recordEntry();
    await record(eventBy('u-second'));
    const [key = '', item] = [...entries.items].at(-1) ?? [];
    entries.items.set(key, { ...item, d: new Uint8Array([9]) });
    expect(await record(eventBy('u-third'))).toMatchObject({ dispute: 'kept' });
    expect(await usersOf(id)).toEqual([undefined, 'u-third']);
  });

  it('returns the message to its queue if the dispute cannot be stored, and rejects it later', async () => {
    await recordEntry();
    const broken: DisputeStore = {
      ...entries.disputes,
      insert: () => Promise.reject(new Error('throttled')),
    };
    await expect(record(eventBy('u-second'), {}, broken)).rejects.toThrow('throttled');
    expect(rejected).toEqual([]);
    expect(await record(eventBy('u-second'))).toMatchObject({ status: 'rejected', dispute: 'kept' });
  });

  it('reads one more item for a conflict, and none for entries and duplicates', async () => {
    let lists = 0;
    const counting: DisputeStore = {
      ...entries.disputes,
      list: (...identity) => {
        lists++;
        return entries.disputes.list(...identity);
      },
    };
    const event = eventBy('u-first');
    await record(event, {}, counting);
    await record({ ...event, id: 'resent' }, {}, counting);
    expect(lists).toBe(0);
    await record(eventBy('u-second'), {}, counting);
    expect(lists).toBe(1);
  });
});
