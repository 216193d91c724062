// Fake SQS on 127.0.0.1 with the queues of a stage and the status route of the local stack. Tests can make any call
// fail or hang, and can inspect the queues and all calls.
import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeMessage {
  readonly id: string;
  readonly body: string;
  readonly sentMillis: number;
  readonly attributes: Readonly<Record<string, string>>;
  visibleAtMillis: number;
  receives: number;
}

/** Request parameters of the SDK. Each operation uses some of them. */
export interface SqsRequest {
  readonly QueueUrl?: string;
  readonly QueueNamePrefix: string;
  readonly MessageBody: string;
  readonly MessageAttributes?: Readonly<Record<string, { readonly StringValue: string }>>;
  readonly MaxNumberOfMessages: number;
  readonly VisibilityTimeout: number;
  readonly ReceiptHandle: string;
  readonly Entries: readonly {
    readonly Id: string;
    readonly ReceiptHandle: string;
    readonly VisibilityTimeout: number;
  }[];
}

export interface FakeCall {
  readonly operation: string;
  readonly queue: string;
  readonly body: SqsRequest;
}

/** An error response, no response, or the normal response. */
export type Reaction = { readonly type: string; readonly message: string } | 'hang' | undefined;

export interface FakeSqs extends AsyncDisposable {
  readonly port: number;
  readonly calls: FakeCall[];
  react: (call: FakeCall) => Reaction;
  /** Adds a message to a queue, by its construct id, such as `Rejected`. */
  put(
    queue: string,
    body: unknown,
    options?: { attributes?: Record<string, string>; sentMillis?: number },
  ): void;
  /** All messages of a queue, including invisible ones. */
  messages(queue: string): FakeMessage[];
  /** Bodies of the messages that can be received now. */
  visible(queue: string): string[];
}

/** What STS says of the caller. */
export const fakePrincipal = 'arn:aws:sts::210987654321:assumed-role/Redrive/asha';

const ids = ['Ingest', 'DeadLetters', 'Rejected', 'Undelivered'];

/** Starts the server. The queues have the names that CloudFormation generates for the stage. */
export async function startFakeSqs(stage = 'local'): Promise<FakeSqs> {
  const queues = new Map<string, FakeMessage[]>(
    ids.map((id) => [`RequestLogs-${stage}-IngestQueues${id}0A1B2C3D-xyz`, []]),
  );
  const find = (id: string) => [...queues].find(([name]) => name.includes(`Queues${id}0`))?.[1] ?? [];
  const server = createServer(async (request, response) => {
    const url = `http://127.0.0.1:${fake.port}`;
    response.setHeader('content-type', 'application/x-amz-json-1.0');
    if (request.url === '/_local/status') {
      return response.end(JSON.stringify({ account: '210987654321', region: 'eu-west-1' }));
    }
    const text = await readBody(request);
    if (request.headers['content-type'] === 'application/x-www-form-urlencoded') {
      return response.end(
        `<GetCallerIdentityResponse><Arn>${fakePrincipal}</Arn></GetCallerIdentityResponse>`,
      );
    }
    const body = JSON.parse(text) as SqsRequest;
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    const queue = body.QueueUrl?.split('/').at(-1) ?? '';
    const call = { operation, queue, body };
    fake.calls.push(call);
    const reaction = fake.react(call);
    if (reaction === 'hang') return;
    if (reaction !== undefined) {
      response.statusCode = 400;
      return response.end(JSON.stringify({ __type: reaction.type, message: reaction.message }));
    }
    return response.end(JSON.stringify(respond(operation, body, queue, url)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const fake: FakeSqs = {
    port: (server.address() as AddressInfo).port,
    calls: [],
    react: () => undefined,
    put: (queue, body, { attributes = {}, sentMillis = Date.now() } = {}) => {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      find(queue).push({
        id: randomUUID(),
        body: text,
        sentMillis,
        attributes,
        visibleAtMillis: 0,
        receives: 0,
      });
    },
    messages: find,
    visible: (queue) =>
      find(queue)
        .filter(({ visibleAtMillis }) => visibleAtMillis <= Date.now())
        .map(({ body }) => body),
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return fake;

  function respond(operation: string, body: SqsRequest, queue: string, url: string): object {
    const messages = queues.get(queue) ?? [];
    if (operation === 'ListQueues') {
      const names = [...queues.keys()].filter((name) => name.startsWith(body.QueueNamePrefix));
      return { QueueUrls: names.map((name) => `${url}/210987654321/${name}`) };
    }
    if (operation === 'SendMessage') {
      const attributes = Object.fromEntries(
        Object.entries(body.MessageAttributes ?? {}).map(([name, { StringValue }]) => [name, StringValue]),
      );
      fake.put(ids.find((id) => queue.includes(`Queues${id}0`)) ?? '', body.MessageBody, { attributes });
      return { MessageId: messages.at(-1)?.id, MD5OfMessageBody: md5(body.MessageBody) };
    }
    if (operation === 'GetQueueAttributes') {
      const held = messages.filter(({ visibleAtMillis }) => visibleAtMillis > Date.now()).length;
      return { Attributes: { ApproximateNumberOfMessagesNotVisible: String(held) } };
    }
    if (operation === 'ReceiveMessage') return receive(messages, body);
    const change = (receipt: string, seconds: number) => {
      const message = messages.find(({ id }) => receipt.startsWith(id));
      if (message) message.visibleAtMillis = Date.now() + seconds * 1000;
    };
    if (operation === 'DeleteMessage') {
      const index = messages.findIndex(({ id }) => body.ReceiptHandle.startsWith(id));
      if (index >= 0) messages.splice(index, 1);
      return {};
    }
    for (const { ReceiptHandle, VisibilityTimeout } of body.Entries) change(ReceiptHandle, VisibilityTimeout);
    return { Successful: body.Entries.map(({ Id }) => ({ Id })), Failed: [] };
  }
}

function receive(messages: readonly FakeMessage[], body: SqsRequest): object {
  const now = Date.now();
  const taken = messages
    .filter(({ visibleAtMillis }) => visibleAtMillis <= now)
    .slice(0, body.MaxNumberOfMessages);
  return {
    Messages: taken.map((message) => {
      message.visibleAtMillis = now + body.VisibilityTimeout * 1000;
      message.receives++;
      return {
        MessageId: message.id,
        ReceiptHandle: `${message.id}/${message.receives}`,
        Body: message.body,
        MD5OfBody: md5(message.body),
        Attributes: { SentTimestamp: String(message.sentMillis) },
        MessageAttributes: Object.fromEntries(
          Object.entries(message.attributes).map(([name, StringValue]) => [
            name,
            { DataType: 'String', StringValue },
          ]),
        ),
      };
    }),
  };
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
