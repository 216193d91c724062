// One DynamoDB Local for the whole conformance run.
import type { TestProject } from 'vitest/node';
import { startDynamoDbLocal } from '../support/dynamodb-local.ts';

declare module 'vitest' {
  interface ProvidedContext {
    dynamodbEndpoint: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { endpoint, stop } = await startDynamoDbLocal();
  project.provide('dynamodbEndpoint', endpoint);
  return stop;
}
