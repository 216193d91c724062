// How the entry store handles errors of single statements, which arrive inside an HTTP 200 response.
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import type { LogEntry } from '../../core/entry/entry.ts';
import { fixedShards } from '../../core/storage/shard-counts.ts';
import { DynamoDbEntryStore } from '../../store/dynamodb-entry-store.ts';
import { toStorable } from '../../store/entry-item.ts';
import { clientFor } from '../support/dynamodb.ts';
import { makeEntry } from '../support/entries.ts';

type StoreResponse = Record<string, unknown> | Error;

let responses: ((statements: number) => StoreResponse)[];
let calls: number[];
let stored: LogEntry | undefined;
let millis: number;
let pauses: number[];

function makeStore(): DynamoDbEntryStore {
  const client = DynamoDBDocumentClient.from(clientFor('http://127.0.0.1:9'));
  client.middlewareStack.add(
    () => async (args) => {
      const { Statements } = args.input as { Statements?: unknown[] };
      if (Statements === undefined) {
        return {
          output: { Item: stored && toStorable(stored, fixedShards()).item, $metadata: {} },
          response: {},
        };
      }
      calls.push(Statements.length);
      const response = (responses.shift() ?? succeed)(Statements.length);
      if (response instanceof Error) throw response;
      return { output: { ...response, $metadata: {} }, response: {} };
    },
    { step: 'initialize', priority: 'high' },
  );
  const clock = {
    now: () => millis,
    random: () => 0.5,
    pause: async (wait: number) => {
      pauses.push(wait);
      millis += wait;
    },
  };
  return new DynamoDbEntryStore({ client, tableName: 'entries', shards: fixedShards(), clock });
}

const succeed = (count: number) => ({ Responses: Array.from({ length: count }, () => ({})) });
const fail =
  (...codes: (string | undefined)[]) =>
  () => ({
    Responses: codes.map((Code) => (Code === undefined ? {} : { Error: { Code, Message: 'secret' } })),
  });

const entries = (count: number) =>
  Array.from({ length: count }, (_, number) => makeEntry({ eventId: `e-${number}` }));

beforeEach(() => {
  responses = [];
  calls = [];
  stored = undefined;
  millis = 0;
  pauses = [];
});

describe('DynamoDbEntryStore.insert', () => {
  it('inserts 100 entries in 4 calls', async () => {
    const outcomes = await makeStore().insert(entries(100));
    expect(calls).toEqual([25, 25, 25, 25]);
    expect(outcomes.every(({ status }) => status === 'recorded')).toBe(true);
  });

  it.each(['ThrottlingError', 'ProvisionedThroughputExceeded', 'InternalServerError', 'SomethingNew'])(
    'retries only the statements that failed with %s, while there is time',
    async (code) => {
      responses = [fail(undefined, code, undefined), fail(code)];
      const outcomes = await makeStore().insert(entries(3), { retryUntilMillis: 60_000 });
      expect(outcomes.map(({ status }) => status)).toEqual(['recorded', 'recorded', 'recorded']);
      expect(calls).toEqual([3, 1, 1]);
      expect(pauses).toEqual([50, 100]);
    },
  );

  it('records after 30 seconds of throttling within one invocation', async () => {
    const throttled = fail('ThrottlingError');
    responses = Array.from({ length: 1000 }, () => () => (millis < 30_000 ? throttled() : succeed(1)));
    const [outcome] = await makeStore().insert(entries(1), { retryUntilMillis: 45_000 });
    expect(outcome).toEqual({ status: 'recorded' });
    expect(millis).toBeLessThan(45_000);
    expect(calls.length).toBeLessThan(40);
  });

  it('fails with STORE_UNAVAILABLE when the time is up', async () => {
    responses = Array.from({ length: 1000 }, () => fail('ThrottlingError'));
    const [outcome] = await makeStore().insert(entries(1), { retryUntilMillis: 2_000 });
    expect(outcome).toMatchObject({ status: 'failed', error: { code: 'STORE_UNAVAILABLE' } });
    expect(millis).toBeLessThan(2_000);
  });

  it.each(['AccessDenied', 'ValidationError', 'ResourceNotFound'])(
    'fails with STORE_REFUSED without a retry for %s, without the message of the store',
    async (code) => {
      responses = [fail(code)];
      const [outcome] = await makeStore().insert(entries(1), { retryUntilMillis: 60_000 });
      expect(outcome).toMatchObject({ status: 'failed', error: { code: 'STORE_REFUSED' } });
      expect(String(outcome?.status === 'failed' && outcome.error)).not.toContain('secret');
      expect(calls).toEqual([1]);
    },
  );

  it('fails with STORE_REFUSED when the complete call is rejected', async () => {
    responses = [() => Object.assign(new Error('no'), { name: 'AccessDeniedException' })];
    const [outcome] = await makeStore().insert(entries(1));
    expect(outcome).toMatchObject({ status: 'failed', error: { code: 'STORE_REFUSED' } });
  });

  it('retries a call that was throttled completely', async () => {
    responses = [() => Object.assign(new Error('no'), { name: 'ThrottlingException' })];
    const [outcome] = await makeStore().insert(entries(1), { retryUntilMillis: 60_000 });
    expect(outcome).toEqual({ status: 'recorded' });
  });

  it('reads the entry that has the identity of a duplicate', async () => {
    [stored] = entries(1);
    responses = [fail('DuplicateItem')];
    const [outcome] = await makeStore().insert(entries(1));
    expect(outcome).toMatchObject({ status: 'exists', stored: { head: { id: stored?.id } } });
  });

  it('fails for a duplicate that expired in the meantime and cannot be found', async () => {
    responses = [fail('DuplicateItem')];
    const [outcome] = await makeStore().insert(entries(1));
    expect(outcome).toMatchObject({ status: 'failed', error: { code: 'STORE_UNAVAILABLE' } });
  });

  it('fails for entries without a response from the store', async () => {
    responses = [() => ({ Responses: [{}] })];
    const outcomes = await makeStore().insert(entries(2));
    expect(outcomes).toMatchObject([{ status: 'recorded' }, { status: 'failed' }]);
  });
});
