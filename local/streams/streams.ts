// Connects the journal of the streams with the tables of the template.
import { tableKind } from '../cloudformation/kinds/dynamodb.ts';
import type { Stack } from '../cloudformation/stack.ts';
import type { Capture } from '../dynamodb/capture.ts';
import type { SendCall } from '../dynamodb/insert-translation.ts';
import type { DynamodbBackend } from '../dynamodb/service.ts';
import { forward } from '../iam/forward.ts';
import { localRegion } from '../shared/environment.ts';
import { createCapture, settleOpenChanges } from './capture.ts';
import { StreamJournal } from './journal.ts';

export interface Streams {
  readonly journal: StreamJournal;
  readonly capture: Capture;
  stop(): void;
}

/** Opens the streams of the template's tables, and settles the changes that a killed process left open. */
export async function startStreams(
  stack: Stack,
  backend: DynamodbBackend,
  dataDir: string,
): Promise<Streams> {
  const tables = stack.resources(tableKind).filter(({ properties }) => properties.StreamSpecification);
  const journal = new StreamJournal(dataDir);
  for (const { ref } of tables) journal.open(ref);
  await settleOpenChanges(journal, sendTo(backend));
  const keyNames = tables.map(
    ({ ref, properties }) => [ref, properties.KeySchema.map(({ AttributeName }) => AttributeName)] as const,
  );
  return { journal, capture: createCapture(journal, new Map(keyNames)), stop: () => journal.close() };
}

/** Sends a call directly to the backend. */
function sendTo(backend: DynamodbBackend): SendCall {
  const credential = `AWS4-HMAC-SHA256 Credential=local/20260101/${localRegion}/dynamodb/aws4_request`;
  const authorization = backend.authorize(`${credential}, SignedHeaders=host, Signature=0`);
  return (operation, body) =>
    forward(
      backend.endpoint,
      {
        headers: {
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-date': '20260101T000000Z',
          'x-amz-target': `DynamoDB_20120810.${operation}`,
        },
        authorization,
        rawBody: Buffer.from(JSON.stringify(body)),
        signal: new AbortController().signal,
      },
      { authorization },
    );
}
