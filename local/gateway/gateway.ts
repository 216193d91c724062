// The one port of the local stack: AWS calls by their `X-Amz-Target` (S3's by what they are signed for), local extras
// below /_local, everything else to the distribution, or to the HTTP API of a stack without one.
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { HttpRequest } from '../http-api/event.ts';
import { gatewayResponse, type HttpResponse, internalServerError } from '../http-api/response.ts';
import { type AwsResponse, awsError, type Service, s3Error } from '../iam/aws-error.ts';
import type { AwsRequest, S3Request } from '../iam/aws-request.ts';
import { localPathPrefix } from '../shared/environment.ts';
import { describeError, LocalStackError } from '../shared/errors.ts';

export interface GatewayHandlers {
  readonly aws: Readonly<Record<Service, (call: AwsRequest) => Promise<AwsResponse>>>;
  readonly s3: (request: S3Request) => Promise<AwsResponse>;
  readonly local: (request: HttpRequest) => Promise<HttpResponse>;
  readonly site: (request: HttpRequest) => Promise<HttpResponse>;
  readonly report: (line: string) => void;
}

/** The prefix of `X-Amz-Target` that each service's clients send. */
const targets: Readonly<Record<string, Service>> = {
  AWSEvents: 'events',
  AmazonSQS: 'sqs',
  DynamoDB_20120810: 'dynamodb',
};

/** More than any AWS call here may carry (a BatchWriteItem of 16 MB), and more than an HTTP API takes (10 MB). */
const maxBodyBytes = 17 * 1024 * 1024;
const maxApiBodyBytes = 10 * 1024 * 1024;

/**
 * Listens on the loopback interface of both address families, so that `localhost` works whichever a client tries
 * first. Fails with a LocalStackError when the port is taken.
 */
export async function openGateway(
  port: number,
  handlers: GatewayHandlers,
): Promise<{ close(): Promise<void> }> {
  const listener: RequestListener = (request, response) => {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    void handle(request, gone.signal, handlers)
      .catch((error) => {
        handlers.report(`${request.method} ${request.url}: ${describeError(error)}`);
        return internalServerError;
      })
      .then((answer) => write(response, answer));
  };
  const servers = [await listen(listener, port, '127.0.0.1')];
  try {
    servers.push(await listen(listener, port, '::1'));
  } catch (error) {
    if (error instanceof PortTaken) {
      await closeAll(servers);
      throw error;
    }
    // A machine without IPv6: localhost is 127.0.0.1 there.
  }
  return { close: () => closeAll(servers) };
}

/** Fails with a LocalStackError when the port is taken; it is free again afterwards. */
export async function requireFreePort(port: number): Promise<void> {
  await closeAll([await listen(() => {}, port, '127.0.0.1')]);
}

class PortTaken extends LocalStackError {}

function listen(listener: RequestListener, port: number, host: string): Promise<Server> {
  // Node's own limit on headers is above the HTTP API's, which answers for itself.
  const server = createServer({ maxHeaderSize: 64 * 1024, keepAliveTimeout: 60_000 }, listener);
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason = { EADDRINUSE: 'is in use', EACCES: 'needs more rights than you have' }[error.code ?? ''];
      reject(
        reason === undefined
          ? error
          : new PortTaken(
              `port ${port} ${reason}; choose another, for example: PORT=${port === 3000 ? 3001 : 3000} npm start`,
            ),
      );
    });
    server.listen(port, host, () => resolve(server));
  });
}

async function closeAll(servers: readonly Server[]): Promise<void> {
  await Promise.all(
    servers.map(
      (server) =>
        new Promise<void>((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    ),
  );
}

async function handle(
  request: IncomingMessage,
  signal: AbortSignal,
  handlers: GatewayHandlers,
): Promise<AwsResponse | HttpResponse> {
  const body = await readBody(request);
  if (body === undefined) return gatewayResponse(413, 'Request Entity Too Large');
  const target = request.headers['x-amz-target'];
  if (typeof target === 'string') return handleAws(target, { request, body, signal }, handlers);
  if (isForS3(request.headers.authorization)) return handleS3({ request, body, signal }, handlers);
  if (body.length > maxApiBodyBytes) return gatewayResponse(413, 'Request Entity Too Large');
  const [rawPath = '/', ...query] = (request.url ?? '/').split('?');
  const call = {
    method: request.method ?? 'GET',
    rawPath,
    rawQuery: query.join('?'),
    headers: pairs(request.rawHeaders),
    body,
    sourceIp: request.socket.remoteAddress?.replace(/^::ffff:/, '') ?? '127.0.0.1',
  };
  const isLocal = rawPath === localPathPrefix || rawPath.startsWith(`${localPathPrefix}/`);
  return isLocal ? handlers.local(call) : handlers.site(call);
}

async function handleAws(target: string, { request, body, signal }: Received, handlers: GatewayHandlers) {
  const [prefix = '', operation = ''] = target.split('.');
  const service = targets[prefix];
  if (service === undefined) {
    return awsError('dynamodb', 'UnknownOperationException', `The local stack does not know ${target}.`);
  }
  const call = {
    operation,
    headers: request.headers,
    authorization: request.headers.authorization,
    rawBody: body,
    signal,
  };
  try {
    return await handlers.aws[service](call);
  } catch (error) {
    if (!signal.aborted) handlers.report(`${target}: ${describeError(error)}`);
    return awsError(service, 'InternalFailure', describeError(error));
  }
}

/** Whether a request is signed for S3, whose calls are told from one another by method, path and query. */
function isForS3(authorization: string | undefined): boolean {
  return /^AWS4-HMAC-SHA256\s.*Credential=[^,\s]+\/s3\/aws4_request/.test(authorization ?? '');
}

async function handleS3(
  { request, body, signal }: Received,
  handlers: GatewayHandlers,
): Promise<AwsResponse> {
  const [rawPath = '/', ...query] = (request.url ?? '/').split('?');
  try {
    return await handlers.s3({
      method: request.method ?? 'GET',
      rawPath,
      rawQuery: query.join('?'),
      headers: request.headers,
      authorization: request.headers.authorization,
      rawBody: body,
      signal,
    });
  } catch (error) {
    if (!signal.aborted) handlers.report(`${request.method} ${rawPath}: ${describeError(error)}`);
    return s3Error(500, 'InternalError', describeError(error));
  }
}

interface Received {
  readonly request: IncomingMessage;
  readonly body: Buffer;
  readonly signal: AbortSignal;
}

function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBodyBytes) chunks.push(chunk);
    });
    request.on('error', reject);
    request.on('end', () => resolve(bytes > maxBodyBytes ? undefined : Buffer.concat(chunks)));
  });
}

function pairs(rawHeaders: readonly string[]): [string, string][] {
  return Array.from({ length: rawHeaders.length / 2 }, (_, index) => [
    rawHeaders[2 * index] ?? '',
    rawHeaders[2 * index + 1] ?? '',
  ]);
}

function write(response: ServerResponse, answer: AwsResponse | HttpResponse): void {
  const cookies = 'cookies' in answer ? answer.cookies : undefined;
  response.writeHead(answer.status, {
    ...answer.headers,
    ...(cookies?.length && { 'set-cookie': [...cookies] }),
    'content-length': Buffer.byteLength(answer.body),
  });
  response.end(answer.body);
}
