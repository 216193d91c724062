// The only port of the local stack. Dispatches AWS calls by `X-Amz-Target` (S3 calls by their signature), paths
// below /_local to the local routes, and all others to the distribution, or to the HTTP API of a stack without a
// distribution. Rejects requests with a foreign `Host`.
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
import { describeLocalHosts, isLocalHost } from '../shared/local-host.ts';

export interface GatewayHandlers {
  readonly aws: Readonly<Record<Service, (call: AwsRequest) => Promise<AwsResponse>>>;
  readonly s3: (request: S3Request) => Promise<AwsResponse>;
  readonly local: (request: HttpRequest) => Promise<HttpResponse>;
  readonly site: (request: HttpRequest) => Promise<HttpResponse>;
  readonly report: (line: string) => void;
}

/** Services by their prefix in `X-Amz-Target`. */
const targets: Readonly<Record<string, Service>> = {
  AWSEvents: 'events',
  AmazonSQS: 'sqs',
  DynamoDBStreams_20120810: 'streams',
  DynamoDB_20120810: 'dynamodb',
  TrentService: 'kms',
};

/** Above the largest AWS call (a BatchWriteItem of 16 MB) and the 10 MB that an HTTP API accepts. */
const maxBodyBytes = 17 * 1024 * 1024;
const maxApiBodyBytes = 10 * 1024 * 1024;

/**
 * Listens on the IPv4 and IPv6 loopback addresses, so that `localhost` works with every client. Fails with
 * LocalStackError when the port is in use.
 */
export async function openGateway(
  port: number,
  handlers: GatewayHandlers,
): Promise<{ close(): Promise<void> }> {
  const listener: RequestListener = (request, response) => {
    const disconnected = new AbortController();
    response.once('close', () => disconnected.abort());
    void handle(request, port, disconnected.signal, handlers)
      .catch((error) => {
        handlers.report(`${request.method} ${request.url}: ${describeError(error)}`);
        return internalServerError;
      })
      .then((result) => write(response, result));
  };
  const servers = [await listen(listener, port, '127.0.0.1')];
  try {
    servers.push(await listen(listener, port, '::1'));
  } catch (error) {
    if (error instanceof PortUnavailable) {
      await closeAll(servers);
      throw error;
    }
    // On a machine without IPv6, localhost is 127.0.0.1.
  }
  return { close: () => closeAll(servers) };
}

/** Fails with LocalStackError when the port is in use. Does not keep the port. */
export async function requireFreePort(port: number): Promise<void> {
  await closeAll([await listen(() => {}, port, '127.0.0.1')]);
}

class PortUnavailable extends LocalStackError {}

function listen(listener: RequestListener, port: number, host: string): Promise<Server> {
  // Above the limit of HTTP APIs, which the HTTP API checks itself.
  const server = createServer({ maxHeaderSize: 64 * 1024, keepAliveTimeout: 60_000 }, listener);
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason = { EADDRINUSE: 'is in use', EACCES: 'requires more permissions' }[error.code ?? ''];
      reject(
        reason === undefined
          ? error
          : new PortUnavailable(
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
  port: number,
  signal: AbortSignal,
  handlers: GatewayHandlers,
): Promise<AwsResponse | HttpResponse> {
  const body = await readBody(request);
  if (!isLocalHost(request.headers.host, port)) return gatewayResponse(403, describeLocalHosts(port));
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
    return awsError('dynamodb', 'UnknownOperationException', `The local stack does not support ${target}.`);
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

/** Whether a request is signed for S3, whose operations have no `X-Amz-Target`. */
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

function write(response: ServerResponse, result: AwsResponse | HttpResponse): void {
  const cookies = 'cookies' in result ? result.cookies : undefined;
  response.writeHead(result.status, {
    ...result.headers,
    ...(cookies?.length && { 'set-cookie': [...cookies] }),
    'content-length': Buffer.byteLength(result.body),
  });
  response.end(result.body);
}
