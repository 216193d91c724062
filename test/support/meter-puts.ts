// Measures write units from DynamoDB's consumed capacity, for puts and PartiQL inserts.
import {
  type BatchStatementResponse,
  ConditionalCheckFailedException,
  type ConsumedCapacity,
} from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

export interface Spent {
  readonly total: number;
  readonly table: number;
  readonly indexes: readonly number[];
}

interface WriteInput {
  readonly TableName?: string;
  readonly Item?: unknown;
  readonly Statements?: readonly { readonly Statement: string }[];
}

interface WriteOutput {
  readonly ConsumedCapacity?: ConsumedCapacity | readonly ConsumedCapacity[];
  readonly Responses?: readonly BatchStatementResponse[];
}

/**
 * Requests consumed capacity for every put and insert of this client, and collects it by table, with one row for
 * each item. An insert call returns the total of its statements, which is divided equally. A rejected write
 * costs one unit.
 */
export function meterPuts(client: DynamoDBDocumentClient): Map<string, Spent[]> {
  const spent = new Map<string, Spent[]>();
  const rowsOf = (table: string) => {
    const rows = spent.get(table) ?? [];
    spent.set(table, rows);
    return rows;
  };
  client.middlewareStack.add(
    (next) => async (args) => {
      const input = args.input as WriteInput;
      const statements = input.Statements?.length ?? 0;
      if (input.Item === undefined && statements === 0) return next(args);
      const table = input.TableName ?? /"([^"]+)"/.exec(input.Statements?.[0]?.Statement ?? '')?.[1] ?? '';
      const refused: Spent = { total: 1, table: 1, indexes: [] };
      const result = await next({
        ...args,
        input: { ...args.input, ReturnConsumedCapacity: 'INDEXES' },
      }).catch((error) => {
        if (error instanceof ConditionalCheckFailedException) rowsOf(table).push(refused);
        throw error;
      });
      const { ConsumedCapacity: used = [], Responses = [] } = result.output as WriteOutput;
      const capacities = Array.isArray(used)
        ? (used as readonly ConsumedCapacity[])
        : [used as ConsumedCapacity];
      const failed = Responses.filter((response) => response.Error !== undefined).length;
      const written = Math.max(1, statements - failed);
      const sum = (read: (capacity: ConsumedCapacity) => number | undefined) =>
        capacities.reduce((units, capacity) => units + (read(capacity) ?? 0), 0) / written;
      const indexNames = new Set(capacities.flatMap((one) => Object.keys(one.GlobalSecondaryIndexes ?? {})));
      const row: Spent = {
        total: sum((capacity) => capacity.CapacityUnits),
        table: sum((capacity) => capacity.Table?.CapacityUnits),
        indexes: [...indexNames].map((name) =>
          sum((one) => one.GlobalSecondaryIndexes?.[name]?.CapacityUnits),
        ),
      };
      for (let item = 0; item < (statements === 0 ? 1 : statements - failed); item++) rowsOf(table).push(row);
      for (let item = 0; item < failed; item++) rowsOf(table).push(refused);
      return result;
    },
    { step: 'initialize', priority: 'high' },
  );
  return spent;
}
