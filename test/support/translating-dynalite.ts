// Dynalite with the local stack's translation of INSERT statements, for store tests without the stack.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { startDynalite } from '../../local/dynamodb/dynalite.ts';
import { createInsertTranslation, statementOperations } from '../../local/dynamodb/insert-translation.ts';
import type { AwsRequest } from '../../local/iam/aws-request.ts';
import { forward } from '../../local/iam/forward.ts';

export interface TranslatingDynalite {
  readonly endpoint: URL;
  stop(): Promise<void>;
}

/** Starts Dynalite and the translation with a data folder. */
export async function startTranslatingDynalite(dataDir: string): Promise<TranslatingDynalite> {
  const dynalite = await startDynalite(dataDir, () => {});
  const translate = createInsertTranslation();
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const operation = String(incoming.headers['x-amz-target']).split('.')[1] ?? '';
    const call: AwsRequest = {
      operation,
      headers: incoming.headers,
      authorization: incoming.headers.authorization,
      rawBody: Buffer.concat(chunks),
      signal: new AbortController().signal,
    };
    const send = (other: string, body: unknown) =>
      forward(
        dynalite.endpoint,
        { ...call, headers: { ...call.headers, 'x-amz-target': `DynamoDB_20120810.${other}` } },
        { body: Buffer.from(JSON.stringify(body)) },
      );
    const response = statementOperations.has(operation)
      ? await translate(operation, JSON.parse(call.rawBody.toString()), send)
      : await forward(dynalite.endpoint, call);
    outgoing.writeHead(response.status, response.headers).end(response.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await dynalite.stop();
    },
  };
}

/** Starts it for all tests of the calling file, with a data folder that is removed afterward. */
export function provideTranslatingDynalite(): { readonly endpoint: URL } {
  const dataDir = mkdtempSync(join(tmpdir(), 'request-logs-dynalite-'));
  let dynalite: TranslatingDynalite | undefined;
  beforeAll(async () => {
    dynalite = await startTranslatingDynalite(dataDir);
  });
  afterAll(async () => {
    await dynalite?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });
  return {
    get endpoint() {
      if (dynalite === undefined) throw new Error('the endpoint exists only while the tests run');
      return dynalite.endpoint;
    },
  };
}
