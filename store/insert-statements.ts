// The PartiQL statements that insert items, and how many of them go into one call. INSERT is the one way in: unlike a put, it
// cannot replace an item, whatever the permissions of the caller.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.insert.html
import type { BatchExecuteStatementCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Item } from './entry-item.ts';

/** Statements of one BatchExecuteStatement call. */
export const maxStatementsPerCall = 25;

/** Bytes of the items of one call; the limit of a call is not documented, that of a transaction is 4 MB. */
export const maxCallBytes = 4_000_000;

export type InsertStatement = NonNullable<BatchExecuteStatementCommandInput['Statements']>[number];

/** `INSERT INTO "table" VALUE {'pk': ?, …}` with the item's values as parameters. */
export function toInsertStatement(tableName: string, item: Item): InsertStatement {
  const attributes = Object.entries(item).filter(([, value]) => value !== undefined);
  const members = attributes.map(([name]) => `'${name}': ?`).join(', ');
  return {
    Statement: `INSERT INTO "${tableName}" VALUE {${members}}`,
    Parameters: attributes.map(([, value]) => value),
  };
}

/** Something to insert, with what decides in which call it goes. */
export interface Insertable {
  readonly key: string;
  readonly bytes: number;
}

/**
 * Waves of calls: the calls of one wave can be sent at the same time, the waves only one after the other. No call holds a
 * key twice (DynamoDB refuses such a call as a whole), and of several items with one key, each is in a later wave than the
 * one before it.
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
