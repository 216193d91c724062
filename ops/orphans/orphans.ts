// Classifies the objects in the overflow bucket by whether an entry or a dispute refers to them. Read-only.
import { type AttributeValue, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import {
  disputeKey,
  entryKey,
  maxDisputes,
  type OverflowName,
  readOverflowKey,
} from '../../core/storage/keys.ts';
import { entryAttributes } from '../../core/storage/table-attributes.ts';
import type { StageStores } from '../command/stage-stores.ts';

/** How an object relates to the entry table. */
export type ObjectStatus =
  /** An entry refers to this object, and the size matches. */
  | 'referenced'
  /** No entry refers to it. */
  | 'orphan'
  /** No entry refers to it, but it is so young that its event may still be processed. */
  | 'recent'
  /** An entry refers to it with a different size, so the states of the entry cannot be shown. */
  | 'damaged'
  /** Its name is not one that the recorder generates. */
  | 'unrecognized';

export interface ClassifiedObject {
  readonly key: string;
  readonly bytes: number;
  readonly ageMillis: number;
  readonly status: ObjectStatus;
}

/** The attributes of an item's reference to its object. */
type Reference = Readonly<Record<string, AttributeValue>>;

/** Below this age, the first delivery of the event, including the recorder's retries, may not have ended. */
const recentMillis = 15 * 60_000;

/** Objects whose items are read in parallel. */
const readConcurrency = 50;

/** Yields all objects in groups until the end or until `signal` aborts. AWS errors are not caught. */
export async function* classifyObjects(
  stores: StageStores,
  now: () => number,
  signal: AbortSignal,
): AsyncGenerator<readonly ClassifiedObject[]> {
  let token: string | undefined;
  do {
    const page = await stores.s3.send(
      new ListObjectsV2Command({ Bucket: stores.bucket, ContinuationToken: token }),
    );
    const objects = page.Contents ?? [];
    for (let first = 0; first < objects.length && !signal.aborted; first += readConcurrency) {
      yield await Promise.all(
        objects
          .slice(first, first + readConcurrency)
          .map(async ({ Key: key = '', Size = 0, LastModified }) => {
            const ageMillis = now() - (LastModified?.getTime() ?? now());
            return {
              key,
              bytes: Size,
              ageMillis,
              status: await classifyObject(stores, key, Size, ageMillis),
            };
          }),
      );
    }
    token = page.NextContinuationToken;
  } while (token !== undefined && !signal.aborted);
}

async function classifyObject(
  stores: StageStores,
  key: string,
  bytes: number,
  ageMillis: number,
): Promise<ObjectStatus> {
  const named = readOverflowKey(key);
  if (named === undefined) return 'unrecognized';
  const { organizationId, id } = named;
  const reference =
    (await findReference(stores, [entryKey(organizationId, id)], named)) ??
    (await findReference(stores, disputeKeys(organizationId, id), named));
  if (reference === undefined) return ageMillis < recentMillis ? 'recent' : 'orphan';
  return reference.bytes?.N === String(bytes) ? 'referenced' : 'damaged';
}

function disputeKeys(organizationId: string, id: string): string[] {
  return Array.from({ length: maxDisputes }, (_, slot) => disputeKey(organizationId, id, slot));
}

/** Returns the reference to this object from one of the items, or `undefined` if none refers to it. */
async function findReference(
  { dynamodb, table }: StageStores,
  keys: readonly string[],
  named: OverflowName,
): Promise<Reference | undefined> {
  const { pk, id, overflow } = entryAttributes;
  const items = await Promise.all(
    keys.map(async (key) => {
      const { Item } = await dynamodb.send(
        new GetItemCommand({
          TableName: table,
          Key: { [pk]: { S: key } },
          ConsistentRead: true,
          ProjectionExpression: '#id, #overflow',
          ExpressionAttributeNames: { '#id': id, '#overflow': overflow },
        }),
      );
      return Item;
    }),
  );
  const references = items.map((item) => (item?.[id]?.S === named.id ? item[overflow]?.M : undefined));
  return references.find(
    (reference) =>
      reference?.sha256?.S === named.sha256 && reference.retentionDays?.N === named.retentionDays?.toString(),
  );
}
