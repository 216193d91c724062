import { inject } from 'vitest';
import { describeStoreContract } from '../store/entry-store-contract.ts';
import { makeDynamoDbStores } from '../support/dynamodb.ts';

describeStoreContract('DynamoDB Local', () => makeDynamoDbStores(inject('dynamodbEndpoint')));
