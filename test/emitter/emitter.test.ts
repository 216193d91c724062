import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deriveEntryId } from '../../core/entry/derive-entry-id.ts';
import { countEntryBytes, maxCallBytes } from '../../emitter/bus-entry.ts';
import { createEmitter, type EmitResult, type EmitterOptions, seal } from '../../emitter/index.ts';
import { goodSampleNames, readSample, sampleSecrets } from '../support/fixtures.ts';
import {
  type Call,
  type FakeEventBridge,
  type PutEntry,
  startFakeEventBridge,
  takeAll,
} from './fake-event-bridge.ts';
import { makeLargeEvent, makeServiceEvent, sampleServiceEvent } from './service-events.ts';

let bridge: FakeEventBridge;

beforeEach(async () => {
  bridge = await startFakeEventBridge();
});

afterEach(() => bridge[Symbol.asyncDispose]());

function makeEmitter(options: Partial<EmitterOptions> = {}) {
  return createEmitter({
    eventBusName: 'audit',
    client: bridge.client(),
    baseDelayMillis: 1,
    maxDelayMillis: 2,
    ...options,
  });
}

const numbered = (count: number) =>
  Array.from({ length: count }, (_, index) => makeServiceEvent({ eventId: `e-${index}` }));

const idOf = ({ Detail }: PutEntry): string => JSON.parse(Detail).eventId;

const idsOf = (calls: readonly Call[]) => calls.map(({ entries }) => entries.map(idOf));

const statuses = (results: readonly EmitResult[]) =>
  results.map((result) => (result.status === 'published' ? 'published' : result.code));

/** Fails entries with the code while the test's condition is true, and accepts all others. */
function failEntries(
  code: string,
  isFailing: (eventId: string, callNumber: number) => boolean,
  message?: string,
) {
  bridge.react = ({ entries }, number) =>
    entries.map((entry) =>
      isFailing(idOf(entry), number)
        ? { ErrorCode: code, ErrorMessage: message ?? `${code} it is` }
        : { EventId: `envelope-${idOf(entry)}` },
    );
}

describe('emit', () => {
  it('puts the sealed event on the bus with the time of its occurrence', async () => {
    const [result] = await makeEmitter().emit([sampleServiceEvent('06')]);
    const { source, detail } = readSample('06');
    const [entry] = bridge.calls[0]?.entries ?? [];
    expect(entry).toMatchObject({ EventBusName: 'audit', Source: source, DetailType: 'Resource Updated' });
    expect(entry?.Time).toBe(Date.parse(detail.occurredAt) / 1000);
    expect(entry?.Detail).toBe(JSON.stringify(seal(sampleServiceEvent('06')).detail));
    expect(result).toEqual({
      status: 'published',
      eventId: detail.eventId,
      entryId: deriveEntryId({ ...detail, source, occurredAtMillis: Date.parse(detail.occurredAt) }),
      envelopeId: expect.stringMatching(/^envelope-/),
    });
  });

  it('sends no secret of the sample events', async () => {
    await makeEmitter().emit(goodSampleNames.map(sampleServiceEvent));
    const sent = JSON.stringify(bridge.calls);
    expect(sampleSecrets().filter((secret) => sent.includes(secret))).toEqual([]);
  });

  it('splits calls after ten entries and returns results in the order of the events', async () => {
    failEntries('InternalFailure', (eventId, number) => number < 4 && eventId.endsWith('3'));
    const results = await makeEmitter().emit(numbered(25));
    expect(results.map(({ eventId }) => eventId)).toEqual(numbered(25).map(({ detail }) => detail.eventId));
    expect(idsOf(bridge.calls).map((ids) => ids.length)).toEqual([10, 10, 5, 3]);
  });

  it('splits calls by size, and rejects an event that exceeds the size of a call', async () => {
    const half = maxCallBytes / 2;
    const events = [
      makeLargeEvent('a', half - 2000),
      makeLargeEvent('b', half - 2000),
      makeLargeEvent('c', half - 2000),
      makeLargeEvent('huge', maxCallBytes),
      makeServiceEvent({ eventId: 'd' }),
    ];
    const results = await makeEmitter().emit(events);
    expect(idsOf(bridge.calls)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    expect(statuses(results)).toEqual([
      'published',
      'published',
      'published',
      'ENTRY_TOO_LARGE',
      'published',
    ]);
    expect(results[3]).toMatchObject({ message: expect.stringContaining('1040384'), retryable: false });
    for (const { entries } of bridge.calls) {
      const bytes = entries.map(({ Source, DetailType, Detail }) =>
        countEntryBytes({ source: Source, detailType: DetailType, detail: Detail, time: new Date() }),
      );
      expect(bytes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(maxCallBytes);
    }
  });

  it('publishes the other events when one is invalid or not an event', async () => {
    const events = [
      makeServiceEvent(),
      makeServiceEvent({ region: 'x', eventId: 'bad' }),
      makeServiceEvent(),
      null,
    ];
    const results = await makeEmitter().emit(events as never);
    expect(statuses(results)).toEqual(['published', 'INVALID_EVENT', 'published', 'INVALID_EVENT']);
    expect(results[1]).toEqual({
      status: 'failed',
      eventId: 'bad',
      code: 'INVALID_EVENT',
      message: expect.stringContaining('/detail/region INVALID_VALUE'),
      retryable: false,
      issues: [expect.objectContaining({ path: '/detail/region', code: 'INVALID_VALUE' })],
    });
    expect(bridge.calls).toHaveLength(1);
  });

  it('makes no call for an empty list', async () => {
    expect(await makeEmitter().emit([])).toEqual([]);
    expect(bridge.calls).toEqual([]);
  });
});

describe('send', () => {
  it('sends an event from an outbox as often as requested, always as the same entry', async () => {
    const outbox = JSON.stringify(seal(makeServiceEvent({ eventId: 'e-1' })));
    const first = await makeEmitter().send([JSON.parse(outbox)]);
    const second = await makeEmitter().send([JSON.parse(outbox)]);
    expect(idsOf(bridge.calls)).toEqual([['e-1'], ['e-1']]);
    expect(bridge.calls[0]?.entries[0]?.Detail).toBe(bridge.calls[1]?.entries[0]?.Detail);
    expect(first[0]).toMatchObject({
      status: 'published',
      entryId: (second[0] as { entryId: string }).entryId,
    });
  });

  it('rejects a sealed event without an id, because a new id would create a second entry', async () => {
    const { eventId: _, ...detail } = seal(makeServiceEvent()).detail;
    const results = await makeEmitter().send([{ ...seal(makeServiceEvent()), detail } as never]);
    expect(statuses(results)).toEqual(['INVALID_EVENT']);
    expect(bridge.calls).toEqual([]);
  });

  it('redacts an event that was stored in the outbox unsealed', async () => {
    await makeEmitter().send([{ source: 'mayaops.resources', ...sampleServiceEvent('06') } as never]);
    const sent = JSON.stringify(bridge.calls);
    expect(bridge.calls).toHaveLength(1);
    expect(sampleSecrets().filter((secret) => sent.includes(secret))).toEqual([]);
  });
});

describe('retries', () => {
  it.each(['ThrottlingException', 'InternalFailure', 'SomethingNew'])(
    'repeats only the entries that failed with %s',
    async (code) => {
      failEntries(code, (eventId, number) => eventId === 'e-2' && number < 3);
      const results = await makeEmitter().emit(numbered(5));
      expect(idsOf(bridge.calls)).toEqual([['e-0', 'e-1', 'e-2', 'e-3', 'e-4'], ['e-2'], ['e-2']]);
      expect(statuses(results)).toEqual(Array(5).fill('published'));
    },
  );

  it('stops after maxAttempts and returns the sealed event', async () => {
    failEntries('ThrottlingException', (eventId) => eventId === 'e-1');
    const results = await makeEmitter({ maxAttempts: 3 }).emit(numbered(2));
    expect(bridge.calls).toHaveLength(3);
    expect(results[1]).toEqual({
      status: 'failed',
      eventId: 'e-1',
      code: 'ThrottlingException',
      message: 'ThrottlingException it is (after 3 attempts)',
      retryable: true,
      sealed: seal(numbered(2)[1] as never),
    });
  });

  it.each(['AccessDeniedException', 'NotAuthorizedForSourceException', 'MalformedDetail', 'InvalidArgument'])(
    'fails an entry with %s without a retry',
    async (code) => {
      failEntries(code, (eventId) => eventId === 'e-0');
      const results = await makeEmitter().emit(numbered(2));
      expect(statuses(results)).toEqual([code, 'published']);
      expect(results[0]).toMatchObject({ retryable: false });
      expect(bridge.calls).toHaveLength(1);
    },
  );

  it.each([
    [400, 'ThrottlingException'],
    [500, 'InternalException'],
    [503, 'ServiceUnavailable'],
    [429, 'TooManyRequestsException'],
  ])('repeats a call that failed with %i %s, without retries by the SDK', async (status, type) => {
    bridge.react = () => ({ status, type });
    const client = bridge.client({ maxAttempts: 4 });
    const results = await makeEmitter({ maxAttempts: 3, client }).emit(numbered(2));
    expect(bridge.calls).toHaveLength(3);
    expect(statuses(results)).toEqual([type, type]);
  });

  it('recovers from connection resets and from unreadable or incomplete responses', async () => {
    bridge.react = (call, number) =>
      number === 1 ? 'reset' : number === 2 ? { body: '<html>' } : number === 3 ? [] : takeAll(call);
    const results = await makeEmitter().emit(numbered(3));
    expect(bridge.calls).toHaveLength(4);
    expect(statuses(results)).toEqual(Array(3).fill('published'));
  });

  it('fails a complete call without a retry when the caller has no permission', async () => {
    const message = 'User: arn:aws:iam::210987654321:root is not authorized to perform: events:PutEvents';
    bridge.react = () => ({ status: 400, type: 'AccessDeniedException', message });
    const results = await makeEmitter().emit(numbered(2));
    expect(bridge.calls).toHaveLength(1);
    expect(results[0]).toMatchObject({ code: 'AccessDeniedException', message, retryable: false });
  });

  it('sends entries one by one when a call is rejected because of one of them', async () => {
    bridge.react = (call) =>
      call.entries.some((entry) => idOf(entry) === 'e-1')
        ? { status: 400, type: 'ValidationException' }
        : takeAll(call);
    const results = await makeEmitter().emit(numbered(3));
    expect(statuses(results)).toEqual(['published', 'ValidationException', 'published']);
    expect(idsOf(bridge.calls)).toEqual([['e-0', 'e-1', 'e-2'], ['e-0'], ['e-1'], ['e-2']]);
  });

  it('reports when no server listens', async () => {
    const client = bridge.client({ endpoint: 'http://127.0.0.1:9' });
    const results = await makeEmitter({ client, maxAttempts: 2 }).emit(numbered(1));
    expect(results[0]).toMatchObject({
      code: 'ECONNREFUSED',
      message: 'cannot reach EventBridge (after 2 attempts)',
      retryable: true,
    });
  });

  it('fails a call that gets no response in time', async () => {
    bridge.react = (call, number) => (number === 1 ? 'silence' : takeAll(call));
    expect(statuses(await makeEmitter({ callTimeoutMillis: 200 }).emit(numbered(1)))).toEqual(['published']);
    bridge.react = () => 'silence';
    const results = await makeEmitter({ callTimeoutMillis: 50, maxAttempts: 1 }).emit(numbered(1));
    expect(results[0]).toMatchObject({ code: 'TIMEOUT', message: 'EventBridge did not answer within 50 ms' });
  });

  it('quotes no service message that can contain the event', async () => {
    const [secret = ''] = sampleSecrets();
    bridge.react = () => ({
      status: 400,
      type: 'ValidationException',
      message: `Value '${secret}' is wrong`,
    });
    const refused = await makeEmitter().emit(numbered(1));
    failEntries('MalformedDetail', () => true, `near ${secret}`);
    const malformed = await makeEmitter().emit(numbered(1));
    expect(statuses([...refused, ...malformed])).toEqual(['ValidationException', 'MalformedDetail']);
    expect(JSON.stringify([refused, malformed])).not.toContain(secret);
  });
});

describe('abort', () => {
  it('sends nothing when already aborted', async () => {
    const results = await makeEmitter().emit(numbered(2), { signal: AbortSignal.abort() });
    expect(bridge.calls).toEqual([]);
    expect(statuses(results)).toEqual(['ABORTED', 'ABORTED']);
    expect(results[0]).toMatchObject({ retryable: true, sealed: { detail: { eventId: 'e-0' } } });
  });

  it('returns what was published and what was not when aborted during a call', async () => {
    const controller = new AbortController();
    bridge.react = (call, number) => {
      if (number === 1) return takeAll(call);
      controller.abort();
      return 'silence';
    };
    const results = await makeEmitter().emit(numbered(25), { signal: controller.signal });
    expect(bridge.calls).toHaveLength(2);
    expect(statuses(results)).toEqual([...Array(10).fill('published'), ...Array(15).fill('ABORTED')]);
    expect(results[10]).toMatchObject({ message: expect.stringContaining('may have succeeded') });
    expect(results[20]).toMatchObject({ message: 'aborted before the event was sent' });
  });

  it('ends the pause before a retry when aborted', async () => {
    const controller = new AbortController();
    bridge.react = () => {
      setTimeout(() => controller.abort(), 300);
      return { status: 500, type: 'InternalException' };
    };
    const patient = makeEmitter({ baseDelayMillis: 600_000, maxDelayMillis: 600_000 });
    const results = await patient.emit(numbered(1), { signal: controller.signal });
    expect(results[0]).toMatchObject({ code: 'ABORTED', message: 'aborted after InternalException' });
  });
});

describe('createEmitter', () => {
  it.each([
    [{ eventBusName: '' }, 'eventBusName'],
    [{ maxAttempts: 0 }, 'maxAttempts'],
    [{ baseDelayMillis: -1 }, 'baseDelayMillis'],
    [{ callTimeoutMillis: Number.NaN }, 'callTimeoutMillis'],
    [{ clientConfig: {} }, 'clientConfig'],
  ])('rejects %o and names the option', (options, field) => {
    expect(() => makeEmitter(options)).toThrow(
      expect.objectContaining({ code: 'INVALID_CONFIGURATION', field }),
    );
  });

  it('creates its own client from clientConfig', async () => {
    const { endpoint } = bridge;
    const credentials = { accessKeyId: '345678901234', secretAccessKey: 'local' };
    const emitter = createEmitter({
      eventBusName: 'audit',
      clientConfig: { endpoint, region: 'eu-west-1', credentials },
    });
    expect(statuses(await emitter.emit(numbered(1)))).toEqual(['published']);
    expect(bridge.calls[0]?.accessKeyId).toBe('345678901234');
  });
});
