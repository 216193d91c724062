// Forwards an authorized call to the emulator and returns its response unchanged.
import { Agent, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { LocalStackError } from '../shared/errors.ts';
import type { AwsResponse } from './aws-error.ts';
import type { AwsRequest } from './aws-request.ts';

const agent = new Agent({ keepAlive: true });

/** Headers of the connection, which are not forwarded. */
const ownHeaders = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'keep-alive',
  'expect',
]);

/** Sends the call to the endpoint. Fails with a LocalStackError when nothing responds there. */
export function forward(
  endpoint: URL,
  call: Omit<AwsRequest, 'operation'>,
  changes: { body?: Buffer; authorization?: string; method?: string; path?: string } = {},
): Promise<AwsResponse> {
  const body = changes.body ?? call.rawBody;
  const headers = Object.fromEntries(
    Object.entries(call.headers).filter(([name, value]) => value !== undefined && !ownHeaders.has(name)),
  );
  if (changes.authorization !== undefined) headers.authorization = changes.authorization;
  const options = {
    method: changes.method ?? 'POST',
    ...(changes.path !== undefined && { path: changes.path }),
    signal: call.signal,
    headers: { ...headers, 'content-length': body.length },
    ...(endpoint.protocol === 'http:' && { agent }),
  };
  return new Promise((resolve, reject) => {
    const send = endpoint.protocol === 'https:' ? httpsRequest : httpRequest;
    const request = send(endpoint, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 500,
          headers: Object.fromEntries(
            Object.entries(response.headers).flatMap(([name, value]) =>
              value === undefined || ownHeaders.has(name) ? [] : [[name, String(value)]],
            ),
          ),
          body: Buffer.concat(chunks),
        }),
      );
    });
    request.on('error', (cause) =>
      reject(new LocalStackError(`${endpoint.origin} does not respond: ${cause.message}`, { cause })),
    );
    request.end(body);
  });
}
