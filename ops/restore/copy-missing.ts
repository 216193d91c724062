// Copies what one table lacks from another of the same keys, as after a restore to a point in time. It never replaces
// an item: what is in both and differs is told of.
import { isDeepStrictEqual } from 'node:util';
import {
  ConditionalCheckFailedException,
  DescribeTableCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { CommandError } from '../../terminal/command-error.ts';
import { compareItems, type Item, withoutExpiry } from './item-difference.ts';

export interface CopyOptions {
  /** The table with more, such as a restored one. */
  readonly from: string;
  /** The table that lacks some; nothing in it changes. */
  readonly to: string;
  /** Looks and counts only. */
  readonly isDryRun: boolean;
  /** Copies items without their time of expiry, where they expired wrongly. */
  readonly isForEver: boolean;
}

export interface CopyCounts {
  seen: number;
  copied: number;
  present: number;
  /** Those of `present` that the directory renewed in one of the tables. */
  renewed: number;
  /** Keys of items that are in both tables and differ in what nothing of the stack changes. */
  readonly differing: string[];
}

export function newCounts(): CopyCounts {
  return { seen: 0, copied: 0, present: 0, renewed: 0, differing: [] };
}

/** Puts on their way at once. A restored table answers any number; the other is written within on-demand capacity. */
const putsAtOnce = 50;

/**
 * Copies until the end or until `signal` aborts, and adds to `counts`; it can be interrupted and repeated. `report` is
 * called behind each page. Fails with CommandError when the tables are the same or have other keys; rejects with the
 * first item's failure after those that were on their way with it.
 */
export async function copyMissing(
  client: DynamoDBClient,
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
    for (let first = 0; first < items.length && !signal.aborted; first += putsAtOnce) {
      const some = items.slice(first, first + putsAtOnce);
      const fates = await Promise.allSettled(
        some.map((item) => copyItem(client, item, keyNames, options, counts)),
      );
      const failed = fates.find((fate) => fate.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
    }
    report();
    from = page.LastEvaluatedKey;
  } while (from !== undefined && !signal.aborted);
}

async function commonKey(client: DynamoDBClient, { from, to }: CopyOptions): Promise<readonly string[]> {
  if (from === to) throw new CommandError('--from and --to are the same table');
  const [ours, theirs] = await Promise.all(
    [from, to].map(async (TableName) => {
      const { Table } = await client.send(new DescribeTableCommand({ TableName }));
      return (Table?.KeySchema ?? []).map(({ AttributeName = '' }) => AttributeName);
    }),
  );
  if (ours === undefined || !isDeepStrictEqual(ours, theirs)) {
    throw new CommandError(`${from} and ${to} have other keys: ${ours} and ${theirs}`);
  }
  return ours;
}

async function copyItem(
  client: DynamoDBClient,
  item: Item,
  keyNames: readonly string[],
  options: CopyOptions,
  counts: CopyCounts,
): Promise<void> {
  const key = Object.fromEntries(keyNames.flatMap((name) => (item[name] ? [[name, item[name]]] : [])));
  // Reading first is cheaper: a put that is refused costs as much as one that is taken.
  const stored =
    (await readItem(client, options.to, key)) ??
    (options.isDryRun ? undefined : await putMissing(client, item, key, options));
  counts.seen++;
  if (stored === undefined) {
    counts.copied++;
    return;
  }
  const difference = compareItems(stored, item);
  if (difference === 'different') counts.differing.push(keyNames.map((name) => key[name]?.S ?? '').join(' '));
  else counts.present++;
  if (difference === 'renewed') counts.renewed++;
}

/** Gives the item that came meanwhile, if one did. */
async function putMissing(
  client: DynamoDBClient,
  item: Item,
  key: Item,
  { to, isForEver }: CopyOptions,
): Promise<Item | undefined> {
  try {
    await client.send(
      new PutItemCommand({
        TableName: to,
        Item: isForEver ? withoutExpiry(item) : item,
        ConditionExpression: 'attribute_not_exists(#key)',
        ExpressionAttributeNames: { '#key': Object.keys(key)[0] ?? '' },
      }),
    );
    return undefined;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return readItem(client, to, key);
  }
}

async function readItem(client: DynamoDBClient, TableName: string, Key: Item): Promise<Item | undefined> {
  const { Item } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
  return Item;
}
