import { brotliDecompressSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { redactDetail } from '../../../core/contract/redact-detail.ts';
import type { RecordingPolicy } from '../../../core/recording/build-entry.ts';
import { Recorder, type RecorderPorts } from '../../../core/recording/recorder.ts';
import { currentRules } from '../../../core/redaction/engine/rules.ts';
import type { DirectoryRow } from '../../../core/storage/ports.ts';
import { fixedShards } from '../../../core/storage/shard-counts.ts';
import { unpackDetail } from '../../../store/detail-codec.ts';
import { MemoryDirectory } from '../../../store/memory-directory.ts';
import { MemoryEntryStore } from '../../../store/memory-entry-store.ts';
import { MemoryOverflowStore } from '../../../store/memory-overflow-store.ts';
import { getFullEntry } from '../../support/entries.ts';
import {
  goodSampleNames,
  makeCaller,
  makeEvent,
  now,
  policy,
  readSample,
  sampleNames,
  sampleSecrets,
} from '../../support/fixtures.ts';
import { incompressibleStates } from '../../support/large-entries.ts';
import { recordOne } from '../../support/record.ts';
import { makeQuery, memoryPorts, walk } from '../../support/search.ts';
import { secretForms } from '../redaction/engine/secrets.ts';

class MemoryQueue {
  readonly messages: { body: string; attributes: Readonly<Record<string, string>> }[] = [];
  async send(body: string, attributes: Readonly<Record<string, string>>) {
    this.messages.push({ body, attributes });
  }
}

let entries: MemoryEntryStore;
let directory: MemoryDirectory;
let rejected: MemoryQueue;
let deadLetters: MemoryQueue;

beforeEach(() => {
  entries = new MemoryEntryStore();
  directory = new MemoryDirectory();
  rejected = new MemoryQueue();
  deadLetters = new MemoryQueue();
});

const batchRecorder = (overrides: Partial<RecordingPolicy> = {}, ports: Partial<RecorderPorts> = {}) =>
  new Recorder(
    { entries, directory, rejected, deadLetters, ...ports },
    { ...policy, ...overrides },
    () => now,
  );

const recorder = (...args: Parameters<typeof batchRecorder>) => ({
  record: (text: string) => recordOne(batchRecorder(...args), text),
});

const body = (event: unknown) => JSON.stringify(event);

async function recordedEntries(organizationId: string) {
  const ports = { ...(await memoryPorts([])), entries, directory };
  const pages = await walk(makeQuery(), makeCaller({ organizationId }), ports);
  return pages.flatMap((page) => page.items);
}

describe('Recorder', () => {
  it('records one entry for each sample event, delivered ten times in any order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(Array.from({ length: 10 }, () => goodSampleNames).flat(), {
          minLength: goodSampleNames.length * 10,
        }),
        async (names) => {
          entries = new MemoryEntryStore();
          for (const name of names) await recorder().record(body(readSample(name)));
          expect(await recordedEntries('acme')).toHaveLength(10);
          expect(await recordedEntries('globex')).toHaveLength(1);
          expect(rejected.messages).toEqual([]);
        },
      ),
      { numRuns: 10 },
    );
  });

  it('recognizes a resend after a change of the role map and the retention', async () => {
    const first = await recorder().record(body(readSample('05')));
    const second = await recorder({ roleMap: {}, retentionDays: 400 }).record(body(readSample('12')));
    expect([first.status, second.status]).toEqual(['recorded', 'duplicate']);
    const id = 'entry' in first ? first.entry.id : '';
    expect(await getFullEntry(entries, 'acme', id)).toMatchObject({ verdict: 'PERMITTED' });
  });

  it('recognizes a resend after the redaction rules changed', async () => {
    const names = { ...currentRules.names, secretEndings: ['token'], secretPlaces: [] };
    const older = { ...currentRules, version: 0, names, detectors: [] };
    for (const name of goodSampleNames)
      await recorder({ redactionRules: older }).record(body(readSample(name)));
    for (const name of goodSampleNames) {
      const resent = { ...readSample(name), id: `resent-${name}` };
      expect((await recorder().record(body(resent))).status).toBe('duplicate');
    }
    expect(rejected.messages).toEqual([]);
  });

  it('recognizes the raw copy of an event that the emitter redacted, and vice versa', async () => {
    for (const name of goodSampleNames) {
      const raw = readSample(name);
      const emitted = { ...raw, detail: { ...redactDetail(raw.detail), redaction: { version: 1 } } };
      const order = name < '06' ? [emitted, raw] : [raw, emitted];
      for (const event of order) {
        expect((await recorder().record(body(event))).status).toMatch(/recorded|duplicate/);
      }
    }
    expect(await recordedEntries('acme')).toHaveLength(10);
    expect(rejected.messages).toEqual([]);
  });

  it('changes no entry when the archive is replayed, and records missing entries as late', async () => {
    const replayed = (name: string) => ({
      ...readSample(name),
      id: `replayed-${name}`,
      'replay-name': 'november',
    });
    const first = await recorder().record(body(readSample('05')));
    const id = 'entry' in first ? first.entry.id : '';
    const before = await getFullEntry(entries, 'acme', id);
    const head = (await entries.get('acme', id))?.head;
    expect(await recorder().record(body(replayed('05')))).toEqual({
      status: 'duplicate',
      entry: head,
    });
    expect(await getFullEntry(entries, 'acme', id)).toEqual(before);
    const missing = await recorder().record(body(replayed('07')));
    expect(missing).toMatchObject({ status: 'recorded', entry: { late: true } });
    expect(rejected.messages).toEqual([]);
  });

  it('rejects different content or a different time under the same identity, and keeps the first entry', async () => {
    const first = await recorder().record(body(readSample('05')));
    const id = 'entry' in first ? first.entry.id : '';
    const before = await getFullEntry(entries, 'acme', id);
    const later = readSample('05');
    later.detail.occurredAt = '2026-11-09T13:27:18.006Z';
    for (const event of [readSample('bad-conflicting-resend'), later]) {
      const outcome = await recorder().record(body(event));
      expect(outcome).toMatchObject({ status: 'rejected', issues: [{ code: 'CONFLICT' }], entryId: id });
    }
    expect(rejected.messages.map((message) => JSON.parse(message.body).reasons[0].code)).toEqual([
      'CONFLICT',
      'CONFLICT',
    ]);
    expect(await getFullEntry(entries, 'acme', id)).toEqual(before);
  });

  it.each<[code: string, change: object, policy: Partial<RecordingPolicy>]>([
    ['PRODUCER_NOT_ALLOWED', {}, { producers: [] }],
    ['IN_THE_FUTURE', { occurredAt: '2026-11-20T13:00:00.000Z' }, {}],
    ['RETENTION_ENDED', { occurredAt: '1970-01-02T00:00:00.000Z' }, { retentionDays: 30 }],
    ['CONFLICT', { occurredAt: '2026-11-09T13:27:18.006Z' }, {}],
  ])(
    'returns the redacted IDs of a rejected event that conforms to the contract: %s',
    async (code, change, other) => {
      const secret = secretForms['GitHub token']?.(7).text ?? '';
      const event = makeEvent({ eventId: 'refused', detail: { traceId: 't-1', requestId: `req ${secret}` } });
      await recorder().record(body(event));
      Object.assign(event.detail, change);
      const outcome = await recorder(other).record(body(event));
      expect(outcome).toMatchObject({
        status: 'rejected',
        issues: [{ code }],
        eventIds: {
          eventId: 'refused',
          traceId: 't-1',
          requestId: expect.stringMatching(/^req \[REDACTED:\d\]$/),
        },
      });
      expect(JSON.stringify(outcome)).not.toContain(secret);
    },
  );

  it('returns no IDs of an event that violates the contract', async () => {
    const event = makeEvent({ eventId: 'broken', detail: { region: 'nowhere', traceId: 't-1' } });
    const outcome = await recorder().record(body(event));
    expect(Object.keys(outcome).sort()).toEqual(['issues', 'status']);
  });

  it('sends a rejected event to the rejected queue, redacted and with the reasons', async () => {
    const outcome = await recorder().record(body(readSample('bad-update-without-before')));
    expect(outcome.status).toBe('rejected');
    const message = JSON.parse(rejected.messages[0]?.body ?? '');
    expect(message).toMatchObject({
      rejectedAt: new Date(now).toISOString(),
      reasons: [{ path: '/detail/before', code: 'MISSING_STATE' }],
      event: {
        detail: {
          eventId: 'bad-2',
          after: { masterUserPassword: '[REDACTED:1]', masterUsername: 'orders_admin' },
        },
      },
    });
  });

  it('stores and sends no sample secret, however malformed the event is', async () => {
    for (const name of sampleNames) {
      const event = readSample(name);
      await recorder().record(body(event));
      await recorder().record(body({ ...event, detail: { ...event.detail, region: 'nowhere' } }));
      await recorder().record(body(event.detail));
      await recorder().record(body([event]));
      await recorder().record(body({ ...event, detail: JSON.stringify(event.detail) }));
    }
    const kept = JSON.stringify([rejected.messages, entries]) + (await allEntries());
    expect(sampleSecrets().filter((secret) => kept.includes(secret))).toEqual([]);
    expect(deadLetters.messages).toEqual([]);
  });

  async function allEntries() {
    const found = [];
    for (const organizationId of ['acme', 'globex']) {
      for (const item of await recordedEntries(organizationId))
        found.push(await getFullEntry(entries, organizationId, item.id));
    }
    return JSON.stringify(found);
  }

  it('sends a body that is not JSON to the dead-letter queue, and its hash, size and reason to the rejected queue', async () => {
    const secret = sampleSecrets()[0] ?? '';
    const outcome = await recorder().record(`{"password":"${secret}"`);
    expect(outcome).toMatchObject({ status: 'dead-lettered', code: 'NOT_JSON' });
    expect(JSON.parse(rejected.messages[0]?.body ?? '')).toMatchObject({
      reasons: [{ code: 'NOT_JSON' }],
      body: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/), bytes: expect.any(Number) },
    });
    expect(JSON.stringify(rejected.messages)).not.toContain(secret);
    expect(deadLetters.messages[0]?.body).toContain(secret);
  });

  it('treats a body that is too deep to redact like one that is not JSON', async () => {
    const outcome = await recorder().record('['.repeat(100_000) + ']'.repeat(100_000));
    expect(outcome).toMatchObject({ status: 'dead-lettered', code: 'TOO_DEEP_TO_REDACT' });
    expect(rejected.messages).toHaveLength(1);
  });

  it('records 1 MB of ordinary states', async () => {
    const services = Array.from({ length: 2400 }, (_, i) => ({
      ...readSample('02').detail.after.serviceTypes[0],
      id: `t-${i}`,
      port: 1000 + i,
    }));
    const event = makeEvent({ detail: { before: { services }, after: { services: services.slice(1) } } });
    expect(body(event).length).toBeGreaterThan(900_000);
    expect((await recorder().record(body(event))).status).toBe('recorded');
  });

  it('records states that do not fit in an item, recognizes their resend, and rejects different states', async () => {
    const event = makeEvent({ eventId: 'large', detail: incompressibleStates(1_000_000) });
    const outcome = await recorder().record(body(event));
    expect(outcome).toMatchObject({ status: 'recorded', entry: { after: event.detail.after } });
    const id = outcome.status === 'recorded' ? outcome.entry.id : '';
    expect(await getFullEntry(entries, 'acme', id)).toMatchObject({ before: event.detail.before });
    expect(await recorder().record(body({ ...event, id: 'resent' }))).toMatchObject({ status: 'duplicate' });
    const other = makeEvent({ eventId: 'large', detail: incompressibleStates(1_000_000) });
    expect(await recorder().record(body(other))).toMatchObject({
      status: 'rejected',
      issues: [{ code: 'CONFLICT' }],
      entryId: id,
    });
    expect(await getFullEntry(entries, 'acme', id)).toMatchObject({ before: event.detail.before });
    expect(deadLetters.messages).toEqual([]);
  });

  it('reports the conflict of an event that is too large for the rejected queue', async () => {
    const larger = () => makeEvent({ eventId: 'larger', detail: incompressibleStates(1_150_000) });
    const first = await recorder().record(body(larger()));
    expect(await recorder().record(body(larger()))).toMatchObject({
      status: 'dead-lettered',
      code: 'REJECTION_TOO_LARGE',
      issues: [{ code: 'CONFLICT' }],
      eventIds: { eventId: 'larger' },
      entryId: 'entry' in first && first.entry.id,
    });
    expect(JSON.parse(rejected.messages[0]?.body ?? '').reasons).toMatchObject([{ code: 'CONFLICT' }]);
    expect(deadLetters.messages.map(({ attributes }) => attributes)).toEqual([
      { code: 'REJECTION_TOO_LARGE' },
    ]);
  });

  it('recognizes the resend of large states that older rules redacted', async () => {
    const { before, after } = incompressibleStates(1_000_000);
    const states = {
      before,
      after: { ...after, note: 'hunter-2-password-of-asha', password: 'hunter-2-password-of-asha' },
    };
    const event = makeEvent({ eventId: 'older', detail: states });
    const older = { ...currentRules, version: currentRules.version - 1 };
    const first = await recorder({ redactionRules: older }).record(body(event));
    expect(first).toMatchObject({ status: 'recorded', entry: { redactionVersion: older.version } });
    expect(await recorder().record(body({ ...event, id: 'resent' }))).toMatchObject({ status: 'duplicate' });
  });

  it('recognizes a resend and a conflict of large states that are no longer readable', async () => {
    const overflow = new MemoryOverflowStore();
    const stores = { entries: new MemoryEntryStore(fixedShards(), overflow) };
    const event = makeEvent({ eventId: 'lost', detail: incompressibleStates(1_000_000) });
    await recorder({}, stores).record(body(event));
    overflow.objects.clear();
    expect(await recorder({}, stores).record(body({ ...event, id: 'replayed' }))).toMatchObject({
      status: 'duplicate',
    });
    const conflict = makeEvent({ eventId: 'lost', detail: incompressibleStates(1_000_000) });
    expect(await recorder({}, stores).record(body(conflict))).toMatchObject({
      status: 'rejected',
      issues: [{ code: 'CONFLICT' }],
    });
    const newer = { ...currentRules, version: currentRules.version + 1 };
    await expect(recorder({ redactionRules: newer }, stores).record(body(conflict))).rejects.toMatchObject({
      code: 'STATES_UNREADABLE',
    });
  });

  it('stores only redacted states outside an item', async () => {
    const overflow = new MemoryOverflowStore();
    const secrets = sampleSecrets();
    const { before, after } = incompressibleStates(1_000_000);
    const event = makeEvent({ detail: { before, after: { ...after, passwords: secrets, url: secrets[0] } } });
    await recorder({}, { entries: new MemoryEntryStore(fixedShards(), overflow) }).record(body(event));
    const texts = [...overflow.objects.values()].map(unpackDetail);
    expect(texts).toHaveLength(1);
    expect(secrets.filter((secret) => texts[0]?.includes(JSON.stringify(secret).slice(1, -1)))).toEqual([]);
  });

  it('compresses a rejected event that is too large for the queue', async () => {
    const env = Object.fromEntries(Array.from({ length: 60_000 }, (_, i) => [`V${i}`, 'x']));
    const event = makeEvent({ detail: { region: 'nowhere', after: { environmentVariables: env } } });
    await recorder().record(body(event));
    const message = JSON.parse(rejected.messages[0]?.body ?? '');
    const original = JSON.parse(brotliDecompressSync(Buffer.from(message.eventBrotli, 'base64')).toString());
    expect(original.detail.region).toBe('nowhere');
    expect(Object.keys(original.detail.after.environmentVariables)).toHaveLength(60_000);
  });

  it('fails without acknowledging the message when a store or queue is unreachable', async () => {
    const broken = () => Promise.reject(new Error('out of reach'));
    const failing = { insert: broken, findSameIdentity: broken, disputes: entries.disputes };
    await expect(recorder({}, { entries: failing }).record(body(readSample('01')))).rejects.toThrow(
      'out of reach',
    );
    await expect(
      recorder({}, { rejected: { send: broken } }).record(body(readSample('bad-unknown-region'))),
    ).rejects.toThrow('out of reach');
    expect((await recorder().record(body(readSample('01')))).status).toBe('recorded');
  });

  it('writes the directory before the entry, so that every visible entry can be found', async () => {
    const calls: string[] = [];
    const ports = {
      directory: {
        findMissing: async (_: string, rows: readonly DirectoryRow[]) => rows,
        ensure: async () => void calls.push('directory'),
      },
      entries: {
        insert: async () => {
          calls.push('entry');
          return [{ status: 'recorded' as const }];
        },
        findSameIdentity: async () => undefined,
        disputes: entries.disputes,
      },
    };
    await recorder({}, ports).record(body(readSample('01')));
    expect(calls).toEqual(['directory', 'entry']);
  });

  it('returns an outcome for each message of a batch in order, even if some are invalid', async () => {
    const conflicting = readSample('bad-conflicting-resend');
    const bodies = [
      readSample('05'),
      '{"broken',
      readSample('bad-unknown-region'),
      readSample('07'),
      conflicting,
    ];
    const outcomes = await batchRecorder().record(
      bodies.map((one) => (typeof one === 'string' ? one : body(one))),
    );
    expect(outcomes.map(({ status }) => status)).toEqual([
      'recorded',
      'dead-lettered',
      'rejected',
      'recorded',
      'rejected',
    ]);
    expect(await recordedEntries('acme')).toHaveLength(2);
  });

  it('records the first of several events with the same identity in a batch', async () => {
    const resent = { ...readSample('05'), id: 'resent' };
    const outcomes = await batchRecorder().record(
      [readSample('05'), resent, readSample('bad-conflicting-resend')].map(body),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(['recorded', 'duplicate', 'rejected']);
  });

  it('reports a redelivery of the same envelope as recorded, because the first response was lost', async () => {
    const first = await recorder().record(body(readSample('05')));
    const again = await recorder().record(body(readSample('05')));
    expect([first.status, again.status]).toEqual(['recorded', 'recorded']);
    expect(await recordedEntries('acme')).toHaveLength(1);
  });

  it('adds no directory rows for a conflicting event, in the same batch or later', async () => {
    const event = makeEvent({ eventId: 'true' });
    const fake = makeEvent({ eventId: 'true' });
    fake.detail = {
      ...event.detail,
      accountId: '999999999999',
      actor: { ...event.detail.actor, userId: 'u-666', name: 'Mallory' },
      target: { ...event.detail.target, name: 'faked-db' },
    };
    await batchRecorder().record([event, fake].map(body));
    await recorder().record(body(fake));
    for (const accountId of ['999999999999', event.detail.accountId]) {
      for (const field of ['users', 'resources'] as const) {
        const page = await directory.listValues('acme', {
          field,
          accountId,
          prefix: '',
          limit: 100,
          isConsistent: true,
        });
        expect(JSON.stringify(page)).not.toMatch(/u-666|Mallory|faked-db/);
      }
    }
    const regions = await directory.listAccountRegions('acme');
    expect(regions.map(({ accountId }) => accountId)).not.toContain('999999999999');
  });

  it('starts no message after its deadline and returns it to the queue', async () => {
    const deadlines = { startUntilMillis: now, retryUntilMillis: now };
    const [outcome] = await batchRecorder().record([body(readSample('05'))], deadlines);
    expect(outcome).toMatchObject({ status: 'failed', error: { code: 'STORE_UNAVAILABLE' } });
    expect(await recordedEntries('acme')).toEqual([]);
  });

  it.each([
    ['raw, without a claim', undefined, false, false],
    ['raw, claiming the current version', currentRules.version, false, true],
    ['raw, claiming a version that does not exist', 9999, false, true],
    ['redacted, claiming the current version', currentRules.version, true, false],
  ])(
    'reports whether a redaction claim is true: %s',
    async (_, version, isRedacted, hasFalseRedactionClaim) => {
      const event = readSample('06');
      if (isRedacted) event.detail = { ...redactDetail(event.detail) };
      if (version !== undefined) event.detail.redaction = { version };
      expect(await recorder().record(body(event))).toMatchObject({
        status: 'recorded',
        hasFalseRedactionClaim,
      });
    },
  );
});
