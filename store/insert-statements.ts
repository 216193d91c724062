// Builds the PartiQL statements that insert items and groups them into calls. Use only INSERT: unlike a put, it
// can never replace an item, whatever the caller's permissions.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.insert.html
import type { BatchExecuteStatementCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Item } from './entry-item.ts';

/** Maximum statements in one BatchExecuteStatement call. */
export const maxStatementsPerCall = 25;

/**
 * Maximum bytes of the items of one call. The limit of a call is not documented, the limit of a transaction is 4
 * MB.
 */
export const maxCallBytes = 4_000_000;

export type InsertStatement = NonNullable<BatchExecuteStatementCommandInput['Statements']>[number];

/** Returns `INSERT INTO "table" VALUE {'pk': ?, …}` with the item's values as parameters. */
export function toInsertStatement(tableName: string, item: Item): InsertStatement {
  const attributes = Object.entries(item).filter(([, value]) => value !== undefined);
  const members = attributes.map(([name]) => `'${name}': ?`).join(', ');
  return {
    Statement: `INSERT INTO "${tableName}" VALUE {${members}}`,
    Parameters: attributes.map(([, value]) => value),
  };
}

/** Something to insert, with what determines the call it belongs to. */
export interface Insertable {
  readonly key: string;
  readonly bytes: number;
}

/**
 * Plans calls in waves: the calls of one wave can be sent concurrently, the waves only in sequence. No call
 * contains a key twice, because DynamoDB rejects such a call completely. Of several items with the same key,
 * each is in a later wave than the one before it.
 */
export function planInsertCalls<T extends Insertable>(items: readonly T[]): T[][][] {
  const waves: T[][] = [];
  const timesSeen = new Map<string, number>();
  for (const item of items) {
    const wave = timesSeen.get(item.key) ?? 0;
    timesSeen.set(item.key, wave + 1);
    const list = waves[wave] ?? [];
    waves[wave] = list;
    list.push(item);
  }
  return waves.map(splitIntoCalls);
}

function splitIntoCalls<T extends Insertable>(items: readonly T[]): T[][] {
  const calls: T[][] = [];
  let bytes = 0;
  for (const item of items) {
    const current = calls.at(-1);
    if (
      current === undefined ||
      current.length === maxStatementsPerCall ||
      bytes + item.bytes > maxCallBytes
    ) {
      calls.push([item]);
      bytes = item.bytes;
    } else {
      current.push(item);
      bytes += item.bytes;
    }
  }
  return calls;
}
