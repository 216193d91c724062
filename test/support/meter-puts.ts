// Write units as DynamoDB itself counts them.
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient, PutCommandInput, PutCommandOutput } from '@aws-sdk/lib-dynamodb';

export interface Spent {
  readonly total: number;
  readonly table: number;
  readonly indexes: readonly number[];
}

/** Asks for consumed capacity with every put of this client, and keeps it by table; a put refused by its condition costs one. */
export function meterPuts(client: DynamoDBDocumentClient): Map<string, Spent[]> {
  const spent = new Map<string, Spent[]>();
  client.middlewareStack.add(
    (next) => async (args) => {
      const input = args.input as PutCommandInput;
      if (!('Item' in input)) return next(args);
      const list = spent.get(String(input.TableName)) ?? [];
      spent.set(String(input.TableName), list);
      const result = await next({ ...args, input: { ...input, ReturnConsumedCapacity: 'INDEXES' } }).catch(
        (error) => {
          if (error instanceof ConditionalCheckFailedException)
            list.push({ total: 1, table: 1, indexes: [] });
          throw error;
        },
      );
      const { ConsumedCapacity: used } = result.output as PutCommandOutput;
      list.push({
        total: used?.CapacityUnits ?? 0,
        table: used?.Table?.CapacityUnits ?? 0,
        indexes: Object.values(used?.GlobalSecondaryIndexes ?? {}).map((index) => index.CapacityUnits ?? 0),
      });
      return result;
    },
    { step: 'initialize', priority: 'high' },
  );
  return spent;
}
