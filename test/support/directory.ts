// The directory of tests: writer and reader in one object.
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Directory } from '../../core/storage/ports.ts';
import { DynamoDbDirectoryReader } from '../../store/dynamodb-directory-reader.ts';
import { DynamoDbDirectoryWriter } from '../../store/dynamodb-directory-writer.ts';

/** Writer and reader of the directory in a table. */
export function directoryIn(client: DynamoDBDocumentClient, tableName: string): Directory {
  const reader = new DynamoDbDirectoryReader({ client, tableName });
  const writer = new DynamoDbDirectoryWriter({ client, tableName });
  return {
    findMissing: (...args) => writer.findMissing(...args),
    ensure: (...args) => writer.ensure(...args),
    listAccountRegions: (...args) => reader.listAccountRegions(...args),
    listTargets: (...args) => reader.listTargets(...args),
    listValues: (...args) => reader.listValues(...args),
    listShardSteps: (...args) => reader.listShardSteps(...args),
  };
}
