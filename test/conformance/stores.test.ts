import { inject } from 'vitest';
import { MemoryOverflowStore } from '../../store/memory-overflow-store.ts';
import { describeDirectoryContract } from '../store/directory-contract.ts';
import { describeStoreContract } from '../store/entry-store-contract.ts';
import { describeOverflowContract } from '../store/overflow-contract.ts';
import { makeDynamoDbStores } from '../support/dynamodb.ts';

describeStoreContract('dynoxide', () => makeDynamoDbStores(inject('dynamodbEndpoint')));
describeDirectoryContract('dynoxide', async () => {
  return (await makeDynamoDbStores(inject('dynamodbEndpoint'))).directory;
});
describeOverflowContract('dynoxide', async () => ({
  overflow: new MemoryOverflowStore(),
  makeEntries: async (overflow) => (await makeDynamoDbStores(inject('dynamodbEndpoint'), overflow)).entries,
}));
