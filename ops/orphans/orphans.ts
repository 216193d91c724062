// Tells the objects of the overflow bucket that no entry refers to from those that one does. It reads only.
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { entryKey, readOverflowKey } from '../../core/storage/keys.ts';
import { entryAttributes } from '../../core/storage/table-attributes.ts';
import type { StageStores } from '../command/stage-stores.ts';

/** What an object is to the table. */
export type ObjectStatus =
  /** An entry refers to exactly this object. */
  | 'kept'
  /** No entry does. */
  | 'orphan'
  /** No entry does yet; it is so young that its event may be on its way. */
  | 'under way'
  /** An entry refers to it and says another size: its states cannot be shown. */
  | 'damaged'
  /** It has no name that the recorder gives. */
  | 'foreign';

export interface ClassifiedObject {
  readonly key: string;
  readonly bytes: number;
  readonly ageMillis: number;
  readonly standing: ObjectStatus;
}

/** Below this age a first delivery, its retries within the recorder included, may still be under way. */
const youngMillis = 15 * 60_000;

/** Items read at once. */
const readsAtOnce = 50;

/** Every object, page by page, until the end or until `signal` aborts. An error of AWS passes through. */
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
    for (let first = 0; first < objects.length && !signal.aborted; first += readsAtOnce) {
      yield await Promise.all(
        objects.slice(first, first + readsAtOnce).map(async ({ Key: key = '', Size = 0, LastModified }) => {
          const ageMillis = now() - (LastModified?.getTime() ?? now());
          return { key, bytes: Size, ageMillis, standing: await deriveVerdict(stores, key, Size, ageMillis) };
        }),
      );
    }
    token = page.NextContinuationToken;
  } while (token !== undefined && !signal.aborted);
}

async function deriveVerdict(
  { dynamodb, table }: StageStores,
  key: string,
  bytes: number,
  ageMillis: number,
): Promise<ObjectStatus> {
  const named = readOverflowKey(key);
  if (named === undefined) return 'foreign';
  const { pk, id, overflow } = entryAttributes;
  const { Item } = await dynamodb.send(
    new GetItemCommand({
      TableName: table,
      Key: { [pk]: { S: entryKey(named.organizationId, named.id) } },
      ConsistentRead: true,
      ProjectionExpression: '#id, #overflow',
      ExpressionAttributeNames: { '#id': id, '#overflow': overflow },
    }),
  );
  const reference = Item?.[overflow]?.M;
  const isReferredTo =
    Item?.[id]?.S === named.id &&
    reference?.sha256?.S === named.sha256 &&
    reference.retentionDays?.N === named.retentionDays?.toString();
  if (!isReferredTo) {
    return ageMillis < youngMillis ? 'under way' : 'orphan';
  }
  return reference.bytes?.N === String(bytes) ? 'kept' : 'damaged';
}
