// Selects where items are stored: dynalite on disk, or the server in DYNAMODB_ENDPOINT.
import {
  BatchExecuteStatementCommand,
  type DynamoDBClient,
  ListTablesCommand,
} from '@aws-sdk/client-dynamodb';
import { localAccountId, localRegion } from '../shared/environment.ts';
import { describeError, LocalStackError } from '../shared/errors.ts';
import { startDynalite } from './dynalite.ts';
import { type DynamodbBackend, dynamodbBackend } from './service.ts';
import { backendClient } from './tables.ts';

export interface Store {
  readonly backend: DynamodbBackend;
  /** Connects directly to the backend store, without an access check. */
  readonly client: DynamoDBClient;
  stop(): Promise<void>;
}

export interface StoreOptions {
  readonly dataDir: string;
  /** @default dynalite in the data folder */
  readonly dynamodbEndpoint?: string | undefined;
  /**
   * Access key for the endpoint, because some emulators keep a database for each key. @default the stack's
   * account id
   */
  readonly dynamodbAccessKeyId?: string | undefined;
  readonly report?: ((line: string) => void) | undefined;
  /** Called when dynalite ends unexpectedly. The stack no longer works after that. */
  readonly onStoreLost?: (() => void) | undefined;
}

export async function startStore(options: StoreOptions): Promise<Store> {
  const { dataDir, dynamodbEndpoint, dynamodbAccessKeyId = localAccountId, report, onStoreLost } = options;
  const dynalite = dynamodbEndpoint
    ? undefined
    : await startDynalite(dataDir, (code) => {
        report?.(`dynalite ended with code ${code}; restart the local stack`);
        onStoreLost?.();
      });
  const endpoint = dynalite?.endpoint ?? parseEndpoint(dynamodbEndpoint ?? '');
  const client = backendClient(endpoint, dynamodbAccessKeyId, localRegion);
  if (dynalite === undefined) await requireAnswer(client, endpoint);
  return {
    backend: dynamodbBackend(endpoint, dynamodbAccessKeyId, await hasPartiQl(client)),
    client,
    stop: async () => {
      client.destroy();
      await dynalite?.stop();
    },
  };
}

/**
 * Whether the store supports PartiQL. A store with PartiQL rejects an empty batch as invalid, a store without
 * PartiQL rejects the operation.
 */
async function hasPartiQl(client: DynamoDBClient): Promise<boolean> {
  try {
    await client.send(new BatchExecuteStatementCommand({ Statements: [] }));
    return true;
  } catch (error) {
    return !(error instanceof Error && /^Unknown(Operation)?/.test(error.name));
  }
}

async function requireAnswer(client: DynamoDBClient, endpoint: URL): Promise<void> {
  try {
    await client.send(new ListTablesCommand({ Limit: 1 }));
  } catch (cause) {
    client.destroy();
    throw new LocalStackError(
      `no DynamoDB responds at ${endpoint.href} (DYNAMODB_ENDPOINT): ${describeError(cause)}`,
      { cause },
    );
  }
}

function parseEndpoint(text: string): URL {
  const url = URL.parse(text);
  if (url !== null && /^https?:$/.test(url.protocol)) return url;
  throw new LocalStackError(`DYNAMODB_ENDPOINT must be an http or https URL; given: ${text}`);
}
