import { DynamoDbShardStepStore } from '../../store/dynamodb-shard-steps.ts';
import { DynamoDbViewStore } from '../../store/dynamodb-view-store.ts';
import { makeDynamoDbStores } from '../support/dynamodb.ts';
import { provideTranslatingDynalite } from '../support/translating-dynalite.ts';
import { describeDirectoryContract } from './directory-contract.ts';
import { describeStoreContract } from './entry-store-contract.ts';
import { describeShardStepContract } from './shard-step-contract.ts';
import { describeViewStoreContract } from './view-store-contract.ts';

const dynalite = provideTranslatingDynalite();

describeStoreContract('DynamoDB on dynalite', () => makeDynamoDbStores(dynalite.endpoint.href));
describeDirectoryContract('DynamoDB on dynalite', async () => {
  return (await makeDynamoDbStores(dynalite.endpoint.href)).directory;
});
describeShardStepContract('DynamoDB on dynalite', async () => {
  const { documents, directoryName } = await makeDynamoDbStores(dynalite.endpoint.href);
  return new DynamoDbShardStepStore({ client: documents, tableName: directoryName });
});
describeViewStoreContract('DynamoDB on dynalite', async () => {
  // A table with the same key names.
  const { documents, directoryName } = await makeDynamoDbStores(dynalite.endpoint.href);
  return new DynamoDbViewStore({ client: documents, tableName: directoryName });
});
