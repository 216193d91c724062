// Verifies everything that a storm leaves against what its seed requires.
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { OverflowStore } from '../../core/storage/ports.ts';
import { type IndexKey, indexNames } from '../../core/storage/table-attributes.ts';
import type { LocalStack } from '../../local/stack/local-stack-types.ts';
import { Discrepancies } from './discrepancies.ts';
import { Expectations, type StormFacts } from './expectations.ts';
import { verifyDirectory } from './verify-directory.ts';
import { EntryVerifier, readAllItems } from './verify-entries.ts';
import { type LogFigures, verifyLogs } from './verify-logs.ts';
import { type QueueFigures, verifyQueues } from './verify-queues.ts';

export interface Verdict {
  readonly wrong: Discrepancies;
  readonly counts: Expectations['counts'];
  readonly entries: number;
  /** Number of entries in each index. */
  readonly indexes: Readonly<Record<string, number>>;
  readonly directoryRows: number;
  readonly queues: QueueFigures;
  readonly logs: LogFigures;
}

/** `client` connects directly to DynamoDB. `overflow` is the bucket with the states of large entries. */
export async function verifySettled(
  stack: LocalStack,
  client: DynamoDBDocumentClient,
  overflow: OverflowStore,
  facts: StormFacts,
): Promise<Verdict> {
  const wrong = new Discrepancies();
  const expected = new Expectations(facts);
  const [entryTable = '', directoryTable = ''] = ['Entries', 'Directory'].map((name) =>
    stack.status().tables.find((table) => table.includes(name)),
  );
  const entries = new EntryVerifier(expected, wrong, overflow);
  await entries.verifyTable(readAllItems(client, entryTable));
  const indexes: Record<string, number> = {};
  for (const index of Object.keys(indexNames) as IndexKey[]) {
    const items = readAllItems(client, entryTable, indexNames[index]);
    indexes[indexNames[index]] = await entries.verifyIndex(index, items);
  }
  const directoryRows = await verifyDirectory(
    readAllItems(client, directoryTable),
    expected,
    entries.found,
    wrong,
  );
  const queues = verifyQueues(stack, expected, entries.found, wrong);
  const logs = await verifyLogs(stack.dataDir, wrong);
  return {
    wrong,
    counts: expected.counts,
    entries: entries.found.size,
    indexes,
    directoryRows,
    queues,
    logs,
  };
}
