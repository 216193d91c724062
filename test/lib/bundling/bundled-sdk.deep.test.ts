// The SDK as it is in the bundles sends the same requests and returns the same results as the unmodified SDK, as far as
// the functions use it.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as s3 from '@aws-sdk/client-s3';
import * as sqs from '@aws-sdk/client-sqs';
import * as documents from '@aws-sdk/lib-dynamodb';
import { build } from 'esbuild';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { bundleOptions } from '../../../lib/bundling/build-function.ts';
import { projectRoot } from '../../../lib/bundling/sdk-replacements.ts';

const unmodified = { dynamodb, documents, s3, sqs };
type Sdk = typeof unmodified;

const workspace = mkdtempSync(join(tmpdir(), 'request-logs-sdk-'));
let bundled: Sdk;

beforeAll(async () => {
  const names = {
    dynamodb: 'DynamoDBClient, ConditionalCheckFailedException, DynamoDBServiceException',
    documents: 'DynamoDBDocumentClient, QueryCommand, GetCommand, PutCommand, BatchExecuteStatementCommand',
    s3: 'S3Client, S3ServiceException, PutObjectCommand, GetObjectCommand',
    sqs: 'SQSClient, SendMessageCommand, ChangeMessageVisibilityBatchCommand',
  };
  const packages = {
    dynamodb: 'client-dynamodb',
    documents: 'lib-dynamodb',
    s3: 'client-s3',
    sqs: 'client-sqs',
  };
  const contents = Object.entries(packages).map(([key, name]) => {
    const list = names[key as keyof Sdk];
    return `import { ${list} } from '@aws-sdk/${name}';\nexport const ${key} = { ${list} };`;
  });
  await build({
    ...bundleOptions,
    stdin: { contents: contents.join('\n'), resolveDir: projectRoot },
    outdir: workspace,
    logLevel: 'silent',
  });
  bundled = await import(pathToFileURL(join(workspace, 'stdin.mjs')).href);
});

afterAll(() => rmSync(workspace, { recursive: true }));

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'example');
  vi.stubEnv('AWS_SESSION_TOKEN', 'session');
  // No file: this is how the SDK runs in Lambda.
  vi.stubEnv('AWS_CONFIG_FILE', join(workspace, 'none'));
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(workspace, 'none'));
  return () => vi.unstubAllEnvs();
});

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Record<string, string>;
}

interface Exchange {
  readonly requests: readonly unknown[];
  readonly outcome: unknown;
}

/** What differs between any two requests: the time, the signature over it, random ids, and the SDK's own version. */
const volatileHeaders = new Set([
  'amz-sdk-invocation-id',
  'amz-sdk-request',
  'authorization',
  'host',
  'user-agent',
  'x-amz-date',
  'x-amz-user-agent',
]);

/** Sends one request to a server that always returns the answer, and returns what was sent and received. */
async function exchange(answer: Answer, send: (endpoint: string) => Promise<unknown>): Promise<Exchange> {
  const requests: unknown[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const headers = Object.entries(request.headers).filter(([name]) => !volatileHeaders.has(name));
    const body = Buffer.concat(chunks).toString('utf8');
    requests.push({ method: request.method, url: request.url, headers: Object.fromEntries(headers), body });
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const outcome = await send(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    return { requests, outcome };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** The parts of an error that code can depend on. */
function describeError(error: unknown): unknown {
  const { name, message, $fault, $metadata, Item } = error as Record<string, unknown>;
  const { totalRetryDelay: _, ...metadata } = { ...($metadata as object | undefined) } as Record<
    string,
    unknown
  >;
  return { name, message, $fault, metadata, Item };
}

const settings = { region: 'eu-west-1', maxAttempts: 2 };
type Send = (sdk: Sdk, endpoint: string) => Promise<unknown>;

const documentClient = ({ dynamodb, documents }: Sdk, endpoint: string) =>
  documents.DynamoDBDocumentClient.from(new dynamodb.DynamoDBClient({ ...settings, endpoint }));

const query: Send = (sdk, endpoint) =>
  documentClient(sdk, endpoint).send(
    new sdk.documents.QueryCommand({
      TableName: 'entries',
      IndexName: 'byTime',
      KeyConditionExpression: '#pk = :pk',
      ExpressionAttributeNames: { '#pk': 'pk' },
      ExpressionAttributeValues: { ':pk': 'acme#0' },
      ReturnConsumedCapacity: 'TOTAL',
    }),
  );

const put: Send = (sdk, endpoint) =>
  documentClient(sdk, endpoint).send(
    new sdk.documents.PutCommand({ TableName: 'directory', Item: { pk: 'acme', bytes: Buffer.from('ab') } }),
  );

const insert: Send = (sdk, endpoint) =>
  documentClient(sdk, endpoint).send(
    new sdk.documents.BatchExecuteStatementCommand({
      Statements: [{ Statement: "INSERT INTO entries VALUE {'pk': ?}", Parameters: ['acme#1'] }],
    }),
  );

const s3Client = ({ s3 }: Sdk, endpoint: string) =>
  new s3.S3Client({ ...settings, endpoint, forcePathStyle: true });

const putObject: Send = (sdk, endpoint) =>
  s3Client(sdk, endpoint).send(
    new sdk.s3.PutObjectCommand({
      Bucket: 'states',
      Key: 'acme/01M7',
      Body: Buffer.from('the states'),
      ContentType: 'application/octet-stream',
      IfNoneMatch: '*',
    }),
  );

const getObject: Send = async (sdk, endpoint) => {
  const { Body, ...rest } = await s3Client(sdk, endpoint).send(
    new sdk.s3.GetObjectCommand({ Bucket: 'states', Key: 'acme/01M7' }),
  );
  return { ...rest, text: await Body?.transformToString() };
};

const sqsClient = ({ sqs }: Sdk, endpoint: string) => new sqs.SQSClient({ ...settings, endpoint });
const QueueUrl = 'https://sqs.eu-west-1.amazonaws.com/111122223333/rejected';

const sendMessage: Send = (sdk, endpoint) =>
  sqsClient(sdk, endpoint).send(new sdk.sqs.SendMessageCommand({ QueueUrl, MessageBody: 'hello' }));

const changeVisibility: Send = (sdk, endpoint) =>
  sqsClient(sdk, endpoint).send(
    new sdk.sqs.ChangeMessageVisibilityBatchCommand({
      QueueUrl,
      Entries: [{ Id: '1', ReceiptHandle: 'handle', VisibilityTimeout: 5 }],
    }),
  );

const json = (status: number, body: object): Answer => ({
  status,
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': 'request' },
});

const dynamoDbError = (status: number, name: string) =>
  json(status, { __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: `the message of ${name}` });

const s3Error = (status: number, code: string): Answer => ({
  status,
  body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>no</Message></Error>`,
  headers: { 'content-type': 'application/xml' },
});

const items = [{ pk: { S: 'acme#0' }, id: { S: '01M7' }, view: { B: 'YWI=' }, count: { N: '3' } }];

describe('the bundled SDK', () => {
  it.each<[string, Send, Answer]>([
    ['a query', query, json(200, { Items: items, Count: 1, ConsumedCapacity: { CapacityUnits: 0.5 } })],
    ['an insert', insert, json(200, { Responses: [{ Error: { Code: 'DuplicateItem', Message: 'there' } }] })],
    ['a put', put, json(200, {})],
    ['a failed condition', put, dynamoDbError(400, 'ConditionalCheckFailedException')],
    ['a throttled query', query, dynamoDbError(400, 'ProvisionedThroughputExceededException')],
    ['a throttled insert', insert, dynamoDbError(400, 'ThrottlingException')],
    ['a table limit', put, dynamoDbError(400, 'ItemCollectionSizeLimitExceededException')],
    ['a missing table', query, dynamoDbError(400, 'ResourceNotFoundException')],
    ['a missing permission', insert, dynamoDbError(400, 'AccessDeniedException')],
    ['an invalid request', query, dynamoDbError(400, 'ValidationException')],
    ['an internal error', query, dynamoDbError(500, 'InternalServerError')],
    ['an answer that is not JSON', query, { status: 502, body: '<html>' }],
    [
      'an object',
      getObject,
      { status: 200, body: 'the states', headers: { 'content-type': 'a/b', etag: '"e"' } },
    ],
    ['a new object', putObject, { status: 200, body: '', headers: { etag: '"e"' } }],
    ['an object that exists', putObject, s3Error(412, 'PreconditionFailed')],
    ['a missing object', getObject, s3Error(404, 'NoSuchKey')],
    ['a slow bucket', putObject, s3Error(503, 'SlowDown')],
    [
      'a message',
      sendMessage,
      json(200, { MessageId: '1', MD5OfMessageBody: '5d41402abc4b2a76b9719d911017c592' }),
    ],
    ['a corrupted message', sendMessage, json(200, { MessageId: '1', MD5OfMessageBody: '0'.repeat(32) })],
    ['a visibility', changeVisibility, json(200, { Successful: [{ Id: '1' }], Failed: [] })],
    [
      'a missing queue',
      sendMessage,
      json(400, { __type: 'com.amazonaws.sqs#QueueDoesNotExist', message: 'no' }),
    ],
  ])('sends and reads %s like the SDK', async (_name, send, answer) => {
    const run = (sdk: Sdk) =>
      exchange(answer, (endpoint) => send(sdk, endpoint).catch((error: unknown) => describeError(error)));
    const [ours, theirs] = [await run(bundled), await run(unmodified)];
    expect(ours.requests.length).toBeGreaterThan(0);
    expect(ours).toEqual(theirs);
  });

  it('throws the error classes that the code recognizes', async () => {
    const failure = (answer: Answer) =>
      exchange(answer, (endpoint) => put(bundled, endpoint).catch((error: unknown) => error));
    const condition = await failure(dynamoDbError(400, 'ConditionalCheckFailedException'));
    expect(condition.outcome).toBeInstanceOf(bundled.dynamodb.ConditionalCheckFailedException);
    const other = await failure(dynamoDbError(400, 'ResourceNotFoundException'));
    expect(other.outcome).toBeInstanceOf(bundled.dynamodb.DynamoDBServiceException);
  });
});
