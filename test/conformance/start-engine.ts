// Starts one DynamoDB engine for the complete conformance run.
import type { TestProject } from 'vitest/node';
import { startDynoxide } from '../support/dynoxide.ts';

declare module 'vitest' {
  interface ProvidedContext {
    dynamodbEndpoint: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { endpoint, stop } = await startDynoxide();
  project.provide('dynamodbEndpoint', endpoint);
  return stop;
}
