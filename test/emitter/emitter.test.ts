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

const statuses = (fates: readonly EmitResult[]) =>
  fates.map((fate) => (fate.status === 'published' ? 'published' : fate.code));

/** Gives entries the code as long as the test says so, and takes the others. */
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
  it('puts the sealed event on the bus under the time it occurred', async () => {
    const [fate] = await makeEmitter().emit([sampleServiceEvent('06')]);
    const { source, detail } = readSample('06');
    const [entry] = bridge.calls[0]?.entries ?? [];
    expect(entry).toMatchObject({ EventBusName: 'audit', Source: source, DetailType: 'Resource Updated' });
    expect(entry?.Time).toBe(Date.parse(detail.occurredAt) / 1000);
    expect(entry?.Detail).toBe(JSON.stringify(seal(sampleServiceEvent('06')).detail));
    expect(fate).toEqual({
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

  it('splits by ten and reports fates in the order of the events', async () => {
    failEntries('InternalFailure', (eventId, number) => number < 4 && eventId.endsWith('3'));
    const fates = await makeEmitter().emit(numbered(25));
    expect(fates.map(({ eventId }) => eventId)).toEqual(numbered(25).map(({ detail }) => detail.eventId));
    expect(idsOf(bridge.calls).map((ids) => ids.length)).toEqual([10, 10, 5, 3]);
  });

  it('splits by bytes, and refuses an event that no call can hold', async () => {
    const half = maxCallBytes / 2;
    const events = [
      makeLargeEvent('a', half - 2000),
      makeLargeEvent('b', half - 2000),
      makeLargeEvent('c', half - 2000),
      makeLargeEvent('huge', maxCallBytes),
      makeServiceEvent({ eventId: 'd' }),
    ];
    const fates = await makeEmitter().emit(events);
    expect(idsOf(bridge.calls)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    expect(statuses(fates)).toEqual(['published', 'published', 'published', 'ENTRY_TOO_LARGE', 'published']);
    expect(fates[3]).toMatchObject({ message: expect.stringContaining('1040384'), retryable: false });
    for (const { entries } of bridge.calls) {
      const bytes = entries.map(({ Source, DetailType, Detail }) =>
        countEntryBytes({ source: Source, detailType: DetailType, detail: Detail, time: new Date() }),
      );
      expect(bytes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(maxCallBytes);
    }
  });

  it('publishes the others when one event is invalid, or none at all', async () => {
    const events = [
      makeServiceEvent(),
      makeServiceEvent({ region: 'x', eventId: 'bad' }),
      makeServiceEvent(),
      null,
    ];
    const fates = await makeEmitter().emit(events as never);
    expect(statuses(fates)).toEqual(['published', 'INVALID_EVENT', 'published', 'INVALID_EVENT']);
    expect(fates[1]).toEqual({
      status: 'failed',
      eventId: 'bad',
      code: 'INVALID_EVENT',
      message: expect.stringContaining('/detail/region INVALID_VALUE'),
      retryable: false,
      issues: [expect.objectContaining({ path: '/detail/region', code: 'INVALID_VALUE' })],
    });
    expect(bridge.calls).toHaveLength(1);
  });

  it('sends nothing for nothing', async () => {
    expect(await makeEmitter().emit([])).toEqual([]);
    expect(bridge.calls).toEqual([]);
  });
});

describe('send', () => {
  it('sends what waited in an outbox, as often as asked, as the same entry', async () => {
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

  it('rejects what lost its id, since a new one would make a second entry', async () => {
    const { eventId: _, ...detail } = seal(makeServiceEvent()).detail;
    const fates = await makeEmitter().send([{ ...seal(makeServiceEvent()), detail } as never]);
    expect(statuses(fates)).toEqual(['INVALID_EVENT']);
    expect(bridge.calls).toEqual([]);
  });

  it('redacts what was put into the outbox unsealed', async () => {
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
      const fates = await makeEmitter().emit(numbered(5));
      expect(idsOf(bridge.calls)).toEqual([['e-0', 'e-1', 'e-2', 'e-3', 'e-4'], ['e-2'], ['e-2']]);
      expect(statuses(fates)).toEqual(Array(5).fill('published'));
    },
  );

  it('gives up after maxAttempts and hands the sealed event back', async () => {
    failEntries('ThrottlingException', (eventId) => eventId === 'e-1');
    const fates = await makeEmitter({ maxAttempts: 3 }).emit(numbered(2));
    expect(bridge.calls).toHaveLength(3);
    expect(fates[1]).toEqual({
      status: 'failed',
      eventId: 'e-1',
      code: 'ThrottlingException',
      message: 'ThrottlingException it is (after 3 attempts)',
      retryable: true,
      sealed: seal(numbered(2)[1] as never),
    });
  });

  it.each(['AccessDeniedException', 'NotAuthorizedForSourceException', 'MalformedDetail', 'InvalidArgument'])(
    'fails an entry at once with %s',
    async (code) => {
      failEntries(code, (eventId) => eventId === 'e-0');
      const fates = await makeEmitter().emit(numbered(2));
      expect(statuses(fates)).toEqual([code, 'published']);
      expect(fates[0]).toMatchObject({ retryable: false });
      expect(bridge.calls).toHaveLength(1);
    },
  );

  it.each([
    [400, 'ThrottlingException'],
    [500, 'InternalException'],
    [503, 'ServiceUnavailable'],
    [429, 'TooManyRequestsException'],
  ])('repeats a call that failed with %i %s, without the SDK repeating it too', async (status, type) => {
    bridge.react = () => ({ status, type });
    const client = bridge.client({ maxAttempts: 4 });
    const fates = await makeEmitter({ maxAttempts: 3, client }).emit(numbered(2));
    expect(bridge.calls).toHaveLength(3);
    expect(statuses(fates)).toEqual([type, type]);
  });

  it('recovers from resets, unreadable and short answers', async () => {
    bridge.react = (call, number) =>
      number === 1 ? 'reset' : number === 2 ? { body: '<html>' } : number === 3 ? [] : takeAll(call);
    const fates = await makeEmitter().emit(numbered(3));
    expect(bridge.calls).toHaveLength(4);
    expect(statuses(fates)).toEqual(Array(3).fill('published'));
  });

  it('fails a whole call at once when the caller may not publish', async () => {
    const message = 'User: arn:aws:iam::210987654321:root is not authorized to perform: events:PutEvents';
    bridge.react = () => ({ status: 400, type: 'AccessDeniedException', message });
    const fates = await makeEmitter().emit(numbered(2));
    expect(bridge.calls).toHaveLength(1);
    expect(fates[0]).toMatchObject({ code: 'AccessDeniedException', message, retryable: false });
  });

  it('sends entries one by one when a call is refused for one of them', async () => {
    bridge.react = (call) =>
      call.entries.some((entry) => idOf(entry) === 'e-1')
        ? { status: 400, type: 'ValidationException' }
        : takeAll(call);
    const fates = await makeEmitter().emit(numbered(3));
    expect(statuses(fates)).toEqual(['published', 'ValidationException', 'published']);
    expect(idsOf(bridge.calls)).toEqual([['e-0', 'e-1', 'e-2'], ['e-0'], ['e-1'], ['e-2']]);
  });

  it('says when nothing listens', async () => {
    const client = bridge.client({ endpoint: 'http://127.0.0.1:9' });
    const fates = await makeEmitter({ client, maxAttempts: 2 }).emit(numbered(1));
    expect(fates[0]).toMatchObject({
      code: 'ECONNREFUSED',
      message: 'cannot reach EventBridge (after 2 attempts)',
      retryable: true,
    });
  });

  it('counts a call without an answer as failed', async () => {
    bridge.react = (call, number) => (number === 1 ? 'silence' : takeAll(call));
    expect(statuses(await makeEmitter({ callTimeoutMillis: 200 }).emit(numbered(1)))).toEqual(['published']);
    bridge.react = () => 'silence';
    const fates = await makeEmitter({ callTimeoutMillis: 50, maxAttempts: 1 }).emit(numbered(1));
    expect(fates[0]).toMatchObject({ code: 'TIMEOUT', message: 'EventBridge did not answer within 50 ms' });
  });

  it('quotes no service message that may hold the event', async () => {
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
  it('sends nothing when aborted before', async () => {
    const fates = await makeEmitter().emit(numbered(2), { signal: AbortSignal.abort() });
    expect(bridge.calls).toEqual([]);
    expect(statuses(fates)).toEqual(['ABORTED', 'ABORTED']);
    expect(fates[0]).toMatchObject({ retryable: true, sealed: { detail: { eventId: 'e-0' } } });
  });

  it('keeps what was published and hands back the rest when aborted during a call', async () => {
    const controller = new AbortController();
    bridge.react = (call, number) => {
      if (number === 1) return takeAll(call);
      controller.abort();
      return 'silence';
    };
    const fates = await makeEmitter().emit(numbered(25), { signal: controller.signal });
    expect(bridge.calls).toHaveLength(2);
    expect(statuses(fates)).toEqual([...Array(10).fill('published'), ...Array(15).fill('ABORTED')]);
    expect(fates[10]).toMatchObject({ message: expect.stringContaining('may have succeeded') });
    expect(fates[20]).toMatchObject({ message: 'aborted before the event was sent' });
  });

  it('does not sit out the pause before a retry', async () => {
    const controller = new AbortController();
    bridge.react = () => {
      setTimeout(() => controller.abort(), 300);
      return { status: 500, type: 'InternalException' };
    };
    const patient = makeEmitter({ baseDelayMillis: 600_000, maxDelayMillis: 600_000 });
    const fates = await patient.emit(numbered(1), { signal: controller.signal });
    expect(fates[0]).toMatchObject({ code: 'ABORTED', message: 'aborted after InternalException' });
  });
});

describe('createEmitter', () => {
  it.each([
    [{ eventBusName: '' }, 'eventBusName'],
    [{ maxAttempts: 0 }, 'maxAttempts'],
    [{ baseDelayMillis: -1 }, 'baseDelayMillis'],
    [{ callTimeoutMillis: Number.NaN }, 'callTimeoutMillis'],
    [{ clientConfig: {} }, 'clientConfig'],
  ])('rejects %o, naming the option', (options, field) => {
    expect(() => makeEmitter(options)).toThrow(
      expect.objectContaining({ code: 'INVALID_CONFIGURATION', field }),
    );
  });

  it('makes a client of its own from clientConfig', async () => {
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
