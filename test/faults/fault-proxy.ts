// A proxy between a client and an AWS endpoint that injects faults into calls.
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A call as the proxy received it, before it is forwarded. */
export interface ProxiedCall {
  /** The part of `X-Amz-Target` after the dot. For S3, which has no such header, the method. */
  readonly operation: string;
  /** For S3: bucket and key. */
  readonly path: string;
  readonly body: string;
  readonly userAgent: string;
  /** The caller's connection. */
  readonly socket: Socket;
}

export interface ProxyResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string | Buffer;
}

export interface Fault {
  /**
   * Responds or resets without forwarding the call, or forwards a different body. @default forward the call
   * unchanged
   */
  readonly before?: ProxyResponse | 'reset' | 'silence' | { readonly replacement: string };
  /** The caller's response after the call was forwarded and answered. @default the target's response */
  readonly after?: ((answer: ProxyResponse) => ProxyResponse | 'reset') | undefined;
  /** Delay between the target's response and the caller's. */
  readonly delayMillis?: number;
  /** Called when the call arrives, or after it was forwarded. */
  readonly onArrival?: () => void;
  readonly onDone?: () => void;
}

export interface FaultProxy {
  readonly url: string;
  stop(): void;
}

/** `choose` decides the fault of each call. When the target does not respond, the caller sees a connection reset. */
export async function startFaultProxy(
  target: URL,
  choose: (call: ProxiedCall) => Fault | undefined,
): Promise<FaultProxy> {
  const agent = new Agent({ keepAlive: true });
  const server = createServer({ keepAliveTimeout: 60_000 }, async (incoming, response) => {
    try {
      await handle(incoming, response);
    } catch {
      incoming.socket.destroy();
    }
  });

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readAll(incoming);
    const named = incoming.headers['x-amz-target'];
    const fault = choose({
      operation: typeof named === 'string' ? (named.split('.')[1] ?? '') : (incoming.method ?? ''),
      path: incoming.url ?? '/',
      body: typeof named === 'string' ? body.toString() : '',
      userAgent: `${incoming.headers['user-agent']} ${incoming.headers['x-amz-user-agent'] ?? ''}`,
      socket: incoming.socket,
    });
    fault?.onArrival?.();
    const { before } = fault ?? {};
    if (before === 'silence') return;
    if (before === 'reset') return reset(incoming);
    if (before !== undefined && 'status' in before) return write(response, before);
    const answer = await pass(incoming, before === undefined ? body : Buffer.from(before.replacement));
    fault?.onDone?.();
    if (fault?.delayMillis !== undefined) {
      await new Promise((resolve) => setTimeout(resolve, fault.delayMillis));
    }
    const changed = fault?.after === undefined ? answer : fault.after(answer);
    return changed === 'reset' ? reset(incoming) : write(response, changed);
  }

  function pass(incoming: IncomingMessage, body: Buffer): Promise<ProxyResponse> {
    const { host, origin, pathname } = target;
    const {
      'transfer-encoding': _coding,
      connection: _connection,
      expect: _expect,
      ...headers
    } = incoming.headers;
    return new Promise((resolve, reject) => {
      const forwarded = request(
        origin + (pathname === '/' ? (incoming.url ?? '/') : pathname),
        { method: incoming.method, agent, headers: { ...headers, host, 'content-length': body.length } },
        (answer) => {
          readAll(answer)
            .then((text) =>
              resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: text }),
            )
            .catch(reject);
        },
      );
      forwarded.on('error', reject);
      forwarded.end(body);
    });
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      server.close();
      server.closeAllConnections();
      agent.destroy();
    },
  };
}

/** A response in the format of an AWS JSON error. */
export function awsFailure(status: number, type: string): ProxyResponse {
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-errortype': type };
  return { status, headers, body: JSON.stringify({ __type: type, message: 'injected by the storm' }) };
}

/** A response in the format of an S3 error. */
export function s3Failure(status: number, code: string): ProxyResponse {
  const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>injected by the storm</Message></Error>`;
  return { status, headers: { 'content-type': 'application/xml' }, body };
}

function reset(incoming: IncomingMessage): void {
  incoming.socket.resetAndDestroy();
}

function write(response: ServerResponse, { status, headers = {}, body }: ProxyResponse): void {
  const {
    'transfer-encoding': _encoding,
    connection: _connection,
    'keep-alive': _keepAlive,
    ...kept
  } = headers;
  response.writeHead(status, { ...kept, 'content-length': Buffer.byteLength(body) }).end(body);
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
