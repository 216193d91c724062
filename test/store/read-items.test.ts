// Tests what readItems does when DynamoDB leaves keys of a call unprocessed.
import type { BatchGetCommand, BatchGetCommandOutput, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../core/values/errors.ts';
import { readItems } from '../../store/read-items.ts';

const tableName = 'entries';

/** Returns a table whose calls process as many keys as `processed` says, the last number for all further calls. */
function makeTable(...processed: number[]) {
  const calls: string[][] = [];
  const send = async (command: BatchGetCommand): Promise<Partial<BatchGetCommandOutput>> => {
    const keys = command.input.RequestItems?.[tableName]?.Keys ?? [];
    const count = Math.min(processed[Math.min(calls.length, processed.length - 1)] ?? 0, keys.length);
    calls.push(keys.map(({ pk }) => String(pk)));
    const left = keys.slice(count);
    return {
      Responses: { [tableName]: keys.slice(0, count).map((key) => ({ ...key, found: true })) },
      ConsumedCapacity: [{ CapacityUnits: 0.5 * count }],
      ...(left.length > 0 && { UnprocessedKeys: { [tableName]: { Keys: left } } }),
    };
  };
  return { calls, client: { send } as unknown as DynamoDBDocumentClient, tableName };
}

const keysOf = (count: number) => Array.from({ length: count }, (_, index) => `key-${index}`);

describe('readItems', () => {
  it('reads unprocessed keys again, before further keys', async () => {
    const table = makeTable(60, 0, 100);
    const { items, readUnits } = await readItems(table, keysOf(150));
    expect([...items.keys()].sort()).toEqual(keysOf(150).sort());
    expect(table.calls.map(({ length }) => length)).toEqual([100, 90, 90]);
    expect(table.calls[1]?.slice(0, 40)).toEqual(keysOf(100).slice(60));
    expect(readUnits).toBe(75);
  });

  it('asks for each key once', async () => {
    const table = makeTable(100);
    await readItems(table, ['a', 'b', 'a']);
    expect(table.calls).toEqual([['a', 'b']]);
  });

  it('fails when several calls in a row return nothing', async () => {
    const table = makeTable(0);
    await expect(readItems(table, keysOf(3))).rejects.toMatchObject({ code: errorCodes.storeUnavailable });
    expect(table.calls).toHaveLength(5);
  });
});
