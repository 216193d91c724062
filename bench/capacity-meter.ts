// Counts the capacity that a client's calls consume, in DynamoDB's own figures.
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

export interface Consumed {
  units: number;
  calls: number;
}

interface Metered {
  readonly ConsumedCapacity?: { readonly CapacityUnits?: number };
}

/** Consumed write units by table, from now on; `reset` begins anew. */
export function meterWrites(client: DynamoDBDocumentClient) {
  let byTable = new Map<string, Consumed>();
  client.middlewareStack.add(
    (next) => async (args) => {
      const input = args.input as { readonly TableName?: string; readonly Item?: unknown };
      if (!input.Item) return next(args);
      const result = await next({ ...args, input: { ...input, ReturnConsumedCapacity: 'TOTAL' } as never });
      const consumed = byTable.get(input.TableName ?? '') ?? { units: 0, calls: 0 };
      consumed.units += (result.output as Metered).ConsumedCapacity?.CapacityUnits ?? 0;
      consumed.calls++;
      byTable.set(input.TableName ?? '', consumed);
      return result;
    },
    { step: 'initialize', priority: 'high' },
  );
  return {
    of: (tableName: string): Consumed => byTable.get(tableName) ?? { units: 0, calls: 0 },
    reset: () => {
      byTable = new Map();
    },
  };
}
