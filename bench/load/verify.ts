// After the load: every published event is exactly one entry, and nothing else is in the table or beside it.
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { entryAttributes } from '../../core/storage/table-attributes.ts';
import { clientFor } from '../../test/support/dynamodb.ts';
import { depthOf, type StackProcess } from './stack-process.ts';

export interface Verification {
  readonly published: number;
  readonly entries: number;
  /** Published, and no entry has its id. */
  readonly missing: number;
  /** Entries that no published event has made. */
  readonly unexpected: number;
  readonly rejected: number;
  readonly deadLetters: number;
  readonly undelivered: number;
}

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

/** Whether nothing was lost, doubled or refused. */
export function isExact({ published, entries, missing, unexpected, ...beside }: Verification): boolean {
  const isBesideEmpty = Object.values(beside).every((count) => count === 0);
  return isBesideEmpty && entries === published && missing === 0 && unexpected === 0;
}
