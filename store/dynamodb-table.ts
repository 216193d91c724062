// A DynamoDB table with the client that accesses it.
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

export interface DynamoDbTable {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
}
