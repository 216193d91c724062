// A table in DynamoDB, as the stores reach it.
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

export interface DynamoDbTable {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
}
