// Finds the local stack of this machine and its resources, through its status route.
import * as z from 'zod/mini';
import { CommandError } from '../../terminal/command-error.ts';
import { UsageError } from '../../terminal/usage-error.ts';

const statusSchema = z.object({
  account: z.string(),
  region: z.string(),
  tables: z._default(z.array(z.string()), []),
  buckets: z._default(z.array(z.string()), []),
  roles: z._default(z.array(z.string()), []),
});

export interface LocalStackStatus extends z.infer<typeof statusSchema> {
  readonly endpoint: string;
}

/** SDK client settings with the root credentials of the local stack. */
export function asLocalRoot({ endpoint, region, account }: LocalStackStatus) {
  return { endpoint, region, credentials: { accessKeyId: account, secretAccessKey: 'local' } };
}

/** SDK client settings with the local stack's redrive role, the only one that can send to the ingest queue. */
export function asLocalRedriver(status: LocalStackStatus) {
  return {
    ...asLocalRoot(status),
    credentials: { accessKeyId: localRedriverName(status), secretAccessKey: 'local' },
  };
}

/** Returns the name of the redrive role. */
export function localRedriverName({ roles, account }: LocalStackStatus): string {
  return roles.find((name) => name.includes('IngestRedrive')) ?? account;
}

/** Reads the status of the local stack at PORT. Fails with CommandError when it does not respond. */
export async function readLocalStatus(environment: NodeJS.ProcessEnv): Promise<LocalStackStatus> {
  const endpoint = `http://localhost:${environment.PORT || 3000}`;
  if (!URL.canParse(endpoint)) throw new UsageError('PORT must be a port number');
  const response = await fetch(`${endpoint}/_local/status`).catch((cause: unknown) => {
    const how = 'Start the local stack with npm start, or pass a deployed stage with --stage';
    throw new CommandError(`No response from ${endpoint}. ${how}`, { cause });
  });
  const status = statusSchema.safeParse(await response.json().catch(() => undefined));
  if (status.success) return { ...status.data, endpoint };
  throw new CommandError(`${endpoint} is not the local stack; pass a deployed stage with --stage`);
}
