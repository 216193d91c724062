import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Context, SQSEvent } from 'aws-lambda';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { propertiesOf, synthesize } from '../lib/synthesize.ts';
import { policy, readSample } from '../support/fixtures.ts';

/** Rejects every call as DynamoDB does when a partition is throttled. */
const throttled = createServer((_, response) => {
  response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
  response.end('{"__type":"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException"}');
});
await new Promise<void>((resolve) => throttled.listen(0, '127.0.0.1', resolve));
const endpoint = `http://127.0.0.1:${(throttled.address() as AddressInfo).port}`;

for (const [name, value] of Object.entries({
  AWS_ENDPOINT_URL: endpoint,
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'key',
  AWS_SECRET_ACCESS_KEY: 'secret',
  POWERTOOLS_SERVICE_NAME: 'record',
  POWERTOOLS_METRICS_NAMESPACE: 'RequestLogs/test',
  TABLE_NAME: 'entries',
  DIRECTORY_TABLE_NAME: 'directory',
  OVERFLOW_BUCKET_NAME: 'overflow',
  INGEST_QUEUE_URL: `${endpoint}/ingest`,
  REJECTED_QUEUE_URL: `${endpoint}/rejected`,
  DEAD_LETTER_QUEUE_URL: `${endpoint}/dead-letters`,
  ROLE_MAP: JSON.stringify(policy.roleMap),
  PRODUCERS: JSON.stringify(policy.producers),
  INDEX_SHARDS: '{}',
  SHARD_WRITES_PER_SECOND: '500',
  RECORDER_CONCURRENCY: '10',
})) {
  vi.stubEnv(name, value);
}

const { handler } = await import('../../functions/record.ts');

afterAll(() => throttled.close());
afterEach(() => vi.restoreAllMocks());

const delivery = { messageId: 'm-1', body: JSON.stringify(readSample('05')), attributes: {} };

it('logs why a throttled delivery was not recorded, in the fields of the saved query', async () => {
  const lines: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  const response = await handler(
    { Records: [delivery] } as unknown as SQSEvent,
    { getRemainingTimeInMillis: () => 60_000 } as Context,
  );
  vi.restoreAllMocks();
  expect(response).toEqual({ batchItemFailures: [{ itemIdentifier: 'm-1' }] });

  const line = lines.map((text) => JSON.parse(text)).find(({ level }) => level === 'ERROR');
  const { QueryString } = propertiesOf(synthesize(), 'AWS::Logs::QueryDefinition', 'NotRecorded');
  const fields = String(QueryString)
    .replace(/^fields ([^\n]*)[\s\S]*$/, '$1')
    .split(', ');
  const shown = Object.fromEntries(fields.map((field) => [field, valueAt(line, field)]));
  expect(shown).toMatchObject({
    message: 'message not recorded; it will be retried',
    messageId: 'm-1',
    'error.kind': 'RequestLogsError',
    'error.code': 'STORE_UNAVAILABLE',
    'error.cause.kind': 'ProvisionedThroughputExceededException',
  });
});

/** The value that CloudWatch Logs Insights reads from a JSON log line for a field name. */
function valueAt(line: unknown, field: string): unknown {
  return field.split('.').reduce((value, key) => (value as Record<string, unknown> | undefined)?.[key], line);
}
