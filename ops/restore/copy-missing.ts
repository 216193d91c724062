// Copies the items that one table lacks from another table with the same keys, for example after a point-in-time
// restore. It never replaces an item, and never copies an entry that the recorder cannot have written. It
// reports differing and forged items.
import { isDeepStrictEqual } from 'node:util';
import { ConditionalCheckFailedException, DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import {
  BatchExecuteStatementCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';
import { readDisputeKey } from '../../core/storage/keys.ts';
import { entryAttributes } from '../../core/storage/table-attributes.ts';
import { toInsertStatement } from '../../store/insert-statements.ts';
import { duplicateItem } from '../../store/statement-errors.ts';
import { verifyDisputeItem } from '../../store/verify-dispute-item.ts';
import { type ItemVerification, verifyEntryItem } from '../../store/verify-entry-item.ts';
import { CommandError } from '../../terminal/command-error.ts';
import { compareItems, type Item, withoutExpiry } from './item-difference.ts';

export interface CopyOptions {
  /** The table with more items, such as a restored table. */
  readonly from: string;
  /** The table with missing items. Existing items do not change. */
  readonly to: string;
  /** Only read and count. */
  readonly isDryRun: boolean;
  /** Copy items without their expiry time, for entries that expired by mistake. */
  readonly removesExpiry: boolean;
}

export interface CopyCounts {
  seen: number;
  copied: number;
  present: number;
  /** Part of `present`: rows that the directory renewed in one of the tables. */
  renewed: number;
  /**
   * Part of `copied`: entries whose content hash was not verified, because their states are in the overflow
   * bucket.
   */
  unverified: number;
  /** Disputes that are not copied, because they expired and their entry is already deleted. */
  expired: number;
  /** Keys of items that are in both tables and differ in attributes that the stack never changes. */
  readonly differing: string[];
  /** Keys of items that are not copied because the recorder cannot have written them, each with the reason. */
  readonly forged: string[];
}

export function newCounts(): CopyCounts {
  return { seen: 0, copied: 0, present: 0, renewed: 0, unverified: 0, expired: 0, differing: [], forged: [] };
}

/**
 * Items copied concurrently. A restored table handles any number of reads, and the other table is written within
 * its on-demand capacity.
 */
const copyConcurrency = 50;

/**
 * Copies until the end or until `signal` aborts, and adds to `counts`. It can be interrupted and repeated.
 * `report` is called after each page. Fails with CommandError when the tables are the same or have different
 * keys. When an item fails, waits for the copies that started with it and rejects with the first failure.
 */
export async function copyMissing(
  client: DynamoDBDocumentClient,
  options: CopyOptions,
  counts: CopyCounts,
  signal: AbortSignal,
  report: () => void,
): Promise<void> {
  const keyNames = await commonKey(client, options);
  let from: Item | undefined;
  do {
    const page = await client.send(
      new ScanCommand({
        TableName: options.from,
        ConsistentRead: true,
        ...(from === undefined ? {} : { ExclusiveStartKey: from }),
      }),
    );
    const items = page.Items ?? [];
    for (let first = 0; first < items.length && !signal.aborted; first += copyConcurrency) {
      const some = items.slice(first, first + copyConcurrency);
      const results = await Promise.allSettled(
        some.map((item) => copyItem(client, item, keyNames, options, counts)),
      );
      const failed = results.find((result) => result.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
    }
    report();
    from = page.LastEvaluatedKey;
  } while (from !== undefined && !signal.aborted);
}

async function commonKey(
  client: DynamoDBDocumentClient,
  { from, to }: CopyOptions,
): Promise<readonly string[]> {
  if (from === to) throw new CommandError('--from and --to are the same table');
  const [fromKeys, toKeys] = await Promise.all(
    [from, to].map(async (TableName) => {
      const { Table } = await client.send(new DescribeTableCommand({ TableName }));
      return (Table?.KeySchema ?? []).map(({ AttributeName = '' }) => AttributeName);
    }),
  );
  if (fromKeys === undefined || !isDeepStrictEqual(fromKeys, toKeys)) {
    throw new CommandError(`${from} and ${to} have different keys: ${fromKeys} and ${toKeys}`);
  }
  return fromKeys;
}

async function copyItem(
  client: DynamoDBDocumentClient,
  item: Item,
  keyNames: readonly string[],
  options: CopyOptions,
  counts: CopyCounts,
): Promise<void> {
  const key = Object.fromEntries(keyNames.map((name) => [name, item[name]]));
  const keyText = keyNames.map((name) => String(key[name])).join(' ');
  const isEntry = keyNames.length === 1 && keyNames[0] === entryAttributes.pk;
  // Reading first is cheaper, because a rejected write costs as much as a successful one.
  let stored = await readItem(client, options.to, key);
  if (stored === undefined && isEntry) {
    const verified = await verifyItem(client, item, options);
    if (verified === 'expired') {
      counts.seen++;
      counts.expired++;
      return;
    }
    if (verified.status === 'forged') {
      counts.seen++;
      counts.forged.push(`${keyText}: ${verified.reason}`);
      return;
    }
    if (verified.status === 'states-elsewhere') counts.unverified++;
  }
  if (stored === undefined && !options.isDryRun) {
    const copy = options.removesExpiry ? withoutExpiry(item) : item;
    const isWritten = isEntry
      ? await insertEntry(client, options.to, copy)
      : await putRow(client, options.to, copy, keyNames[0] ?? '');
    // Another process wrote the item in the meantime.
    if (!isWritten) stored = await readItem(client, options.to, key);
  }
  counts.seen++;
  if (stored === undefined) {
    counts.copied++;
    return;
  }
  const difference = compareItems(stored, item);
  if (difference === 'different') counts.differing.push(keyText);
  else counts.present++;
  if (difference === 'renewed') counts.renewed++;
}

/** Verifies an entry, or a dispute with its entry, which must be in the same table. */
async function verifyItem(
  client: DynamoDBDocumentClient,
  item: Item,
  { from }: CopyOptions,
): Promise<ItemVerification | 'expired'> {
  const disputed = readDisputeKey(String(item[entryAttributes.pk]));
  if (disputed === undefined) return verifyEntryItem(item);
  const entryItem = await readItem(client, from, { [entryAttributes.pk]: disputed.entryKey });
  const expiresAt = Number(item[entryAttributes.expiresAt] ?? Number.POSITIVE_INFINITY);
  if (entryItem === undefined && expiresAt * 1000 <= Date.now()) return 'expired';
  return verifyDisputeItem(item, entryItem);
}

/** Inserts an entry, because the table policy allows no put. Returns whether the key was free. */
async function insertEntry(client: DynamoDBDocumentClient, table: string, item: Item): Promise<boolean> {
  const { Responses } = await client.send(
    new BatchExecuteStatementCommand({ Statements: [toInsertStatement(table, item)] }),
  );
  const error = Responses?.[0]?.Error;
  if (error === undefined) return true;
  if (error.Code === duplicateItem) return false;
  throw Object.assign(new Error(error.Message ?? 'the insert failed'), { name: error.Code ?? 'Unknown' });
}

/** Puts a directory row if its key is free. Returns whether it was. */
async function putRow(
  client: DynamoDBDocumentClient,
  table: string,
  item: Item,
  keyName: string,
): Promise<boolean> {
  try {
    await client.send(
      new PutCommand({
        TableName: table,
        Item: item,
        ConditionExpression: 'attribute_not_exists(#key)',
        ExpressionAttributeNames: { '#key': keyName },
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

async function readItem(
  client: DynamoDBDocumentClient,
  TableName: string,
  Key: Item,
): Promise<Item | undefined> {
  const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
  return Item;
}
