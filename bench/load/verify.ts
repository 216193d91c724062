// Verifies after the load that every published event is exactly one entry and that nothing was rejected.
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { entryAttributes } from '../../core/storage/table-attributes.ts';
import { clientFor } from '../../test/support/dynamodb.ts';
import { depthOf, type StackProcess } from './stack-process.ts';

export interface Verification {
  readonly published: number;
  readonly entries: number;
  /** Published events without an entry. */
  readonly missing: number;
  /** Entries without a published event. */
  readonly unexpected: number;
  readonly rejected: number;
  readonly deadLetters: number;
  readonly undelivered: number;
}

/** Compares the entry IDs in the table with the expected ones, and counts the messages in the other queues. */
export async function verify(stack: StackProcess, entryIds: readonly string[]): Promise<Verification> {
  const status = await stack.status();
  const table = status.tables.find((name) => name.includes('Entries'));
  const expected = new Set(entryIds);
  const found = new Set<string>();
  const client = clientFor(stack.url);
  let [entries, unexpected] = [0, 0];
  let start: Record<string, never> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({
        TableName: table,
        ProjectionExpression: '#id',
        ExpressionAttributeNames: { '#id': entryAttributes.id },
        ExclusiveStartKey: start,
      }),
    );
    for (const item of page.Items ?? []) {
      const id = item[entryAttributes.id]?.S ?? '';
      entries++;
      if (expected.has(id)) found.add(id);
      else unexpected++;
    }
    start = page.LastEvaluatedKey as typeof start;
  } while (start !== undefined);
  client.destroy();
  return {
    published: expected.size,
    entries,
    missing: expected.size - found.size,
    unexpected,
    rejected: depthOf(status, 'Rejected'),
    deadLetters: depthOf(status, 'DeadLetters'),
    undelivered: depthOf(status, 'Undelivered'),
  };
}

/** Whether no event was lost, duplicated or rejected. */
export function isExact({ published, entries, missing, unexpected, ...failed }: Verification): boolean {
  const hasNoFailed = Object.values(failed).every((count) => count === 0);
  return hasNoFailed && entries === published && missing === 0 && unexpected === 0;
}
