import { describe, expect, it } from 'vitest';
import { readFailedMessages } from '../../../local/functions/batch-response.ts';

const read = (payload: string) => readFailedMessages(payload, ['m-1', 'm-2']);

describe('readFailedMessages', () => {
  it.each([['null'], ['{}'], ['""'], ['{"batchItemFailures":null}'], ['{"batchItemFailures":[]}']])(
    'treats %s as success of the batch',
    (payload) => {
      expect(read(payload)).toEqual([]);
    },
  );

  it('returns the ids of the failed messages', () => {
    expect(read('{"batchItemFailures":[{"itemIdentifier":"m-2"}]}')).toEqual(['m-2']);
  });

  it.each([
    ['not JSON'],
    ['"text"'],
    ['{"batchItemFailures":[{"itemIdentifier":""}]}'],
    ['{"batchItemFailures":[{"itemIdentifier":null}]}'],
    ['{"batchItemFailures":[{"id":"m-1"}]}'],
    ['{"batchItemFailures":[{"itemIdentifier":"m-3"}]}'],
  ])('fails when the response is %s: all messages of the batch', (payload) => {
    expect(read(payload)).toBe('all');
  });
});
