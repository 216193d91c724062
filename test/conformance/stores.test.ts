import { inject } from 'vitest';
import { describeDirectoryContract } from '../store/directory-contract.ts';
import { describeStoreContract } from '../store/entry-store-contract.ts';
import { makeDynamoDbStores } from '../support/dynamodb.ts';

describeStoreContract('DynamoDB Local', () => makeDynamoDbStores(inject('dynamodbEndpoint')));
describeDirectoryContract('DynamoDB Local', async () => {
  return (await makeDynamoDbStores(inject('dynamodbEndpoint'))).directory;
});
