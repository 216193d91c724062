// Where the local stack of this machine is and what is in it, as it says itself.
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

/** Settings by which a client of the SDK is the root of the local stack's account. */
export function asLocalRoot({ endpoint, region, account }: LocalStackStatus) {
  return { endpoint, region, credentials: { accessKeyId: account, secretAccessKey: 'local' } };
}

/** Settings by which a client of the SDK has the local stack's redrive role, the only one that sends to the ingest queue. */
export function asLocalRedriver(status: LocalStackStatus) {
  const accessKeyId = status.roles.find((name) => name.includes('IngestRedrive')) ?? status.account;
  return { ...asLocalRoot(status), credentials: { accessKeyId, secretAccessKey: 'local' } };
}

/** Asks the local stack at PORT. Fails with CommandError when none answers. */
export async function askLocalStack(environment: NodeJS.ProcessEnv): Promise<LocalStackStatus> {
  const endpoint = `http://localhost:${environment.PORT || 3000}`;
  if (!URL.canParse(endpoint)) throw new UsageError('PORT must be a port number');
  const answer = await fetch(`${endpoint}/_local/status`).catch((cause: unknown) => {
    const how = 'Start the local stack with: npm start; or name a deployed stage with --stage';
    throw new CommandError(`Nothing answers at ${endpoint}. ${how}`, { cause });
  });
  const status = statusSchema.safeParse(await answer.json().catch(() => undefined));
  if (status.success) return { ...status.data, endpoint };
  throw new CommandError(`${endpoint} is not the local stack; name a deployed stage with --stage`);
}
