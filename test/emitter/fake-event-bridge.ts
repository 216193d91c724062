// A fake EventBridge on 127.0.0.1. Each test decides how it responds to PutEvents. It stores every call.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EventBridgeClient, type EventBridgeClientConfig } from '@aws-sdk/client-eventbridge';

export interface PutEntry {
  readonly EventBusName: string;
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
  readonly Time?: number;
}

export interface Call {
  readonly entries: readonly PutEntry[];
  readonly accessKeyId: string | undefined;
}

/** How the server responds to a call: a result for each entry, an error for the complete call, or no response. */
export type Reaction =
  | readonly { readonly EventId?: string; readonly ErrorCode?: string; readonly ErrorMessage?: string }[]
  | { readonly status: number; readonly type: string; readonly message?: string }
  | { readonly body: string }
  | 'reset'
  | 'silence';

export interface FakeEventBridge {
  readonly endpoint: string;
  readonly calls: Call[];
  /** Decides the response to all further calls. `number` counts them from 1. */
  react: (call: Call, number: number) => Reaction;
  client(config?: EventBridgeClientConfig): EventBridgeClient;
  [Symbol.asyncDispose](): Promise<void>;
}

let envelopes = 0;

/** Accepts every entry. */
export function takeAll({ entries }: Call): Reaction {
  return entries.map(() => ({ EventId: `envelope-${++envelopes}` }));
}

export async function startFakeEventBridge(
  react: FakeEventBridge['react'] = takeAll,
): Promise<FakeEventBridge> {
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const { Entries } = JSON.parse(body) as { Entries: PutEntry[] };
      const accessKeyId = /Credential=([^/]+)\//.exec(request.headers.authorization ?? '')?.[1];
      const call = { entries: Entries, accessKeyId };
      calls.push(call);
      respond(request, response, fake.react(call, calls.length));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const fake: FakeEventBridge = {
    endpoint,
    calls,
    react,
    client: (config = {}) =>
      new EventBridgeClient({
        endpoint,
        region: 'eu-west-1',
        credentials: { accessKeyId: '210987654321', secretAccessKey: 'local' },
        ...config,
      }),
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return fake;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function respond(request: IncomingMessage, response: ServerResponse, reaction: Reaction): void {
  if (reaction === 'silence') return;
  if (reaction === 'reset') {
    request.socket.resetAndDestroy();
    return;
  }
  response.setHeader('content-type', 'application/x-amz-json-1.1');
  if ('body' in reaction) {
    response.end(reaction.body);
  } else if ('status' in reaction) {
    response.statusCode = reaction.status;
    response.end(JSON.stringify({ __type: reaction.type, message: reaction.message }));
  } else {
    const failed = reaction.filter(({ ErrorCode }) => ErrorCode !== undefined).length;
    response.end(JSON.stringify({ FailedEntryCount: failed, Entries: reaction }));
  }
}
