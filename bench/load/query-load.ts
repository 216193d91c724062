// Sends mixed queries with autocannon from a separate process, so that the emitter and the sampling do not slow it
// down.
import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { SeedEvent } from '../seed-events.ts';
import type { StackProcess } from './stack-process.ts';

export interface QueryLoad {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  readonly requests: readonly { readonly path: string; readonly headers: Readonly<Record<string, string>> }[];
}

/** The results of a query load. Latencies are in milliseconds. */
export interface QueryFigures {
  readonly responses: number;
  readonly seconds: number;
  readonly p50: number;
  readonly p97_5: number;
  readonly p99: number;
  readonly max: number;
  /** The number of responses by status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Failed connections, including timeouts. */
  readonly errors: number;
  /** Requests without a response within ten seconds. */
  readonly timeouts: number;
}

const readers = { acme: ['admin', 'auditor', 'developer'], globex: ['globex-admin'] } as const;

/**
 * Builds list requests by every filter and pairs of them, and one entry request per two lists, with allowed personas.
 */
export async function makeRequests(
  stack: StackProcess,
  events: readonly SeedEvent[],
  entryIds: readonly string[],
): Promise<QueryLoad['requests']> {
  const tokens = new Map<string, string>();
  for (const persona of Object.values(readers).flat()) tokens.set(persona, await stack.token(persona));
  const today = new Date().toISOString().slice(0, 10);
  return events.flatMap(({ detail }, number) => {
    const { organizationId, actor, target, accountId, region } = detail as unknown as Detail;
    if (!Object.hasOwn(readers, organizationId)) return [];
    const personas = readers[organizationId as keyof typeof readers];
    const authorization = `Bearer ${tokens.get(personas[number % personas.length] ?? '')}`;
    const filters = [
      '',
      `user=${actor.userId}`,
      'action=UPDATE',
      `account=${accountId}&region=${region}`,
      `resource=${target.name}`,
      `from=${today}&to=${today}`,
      `user=${actor.userId}&action=CREATE`,
      `account=${accountId}&action=DELETE`,
      'verdict=VIOLATION',
    ];
    const list = (at: number) => `/request-logs?${filters[at % filters.length]}`;
    return [list(2 * number), list(2 * number + 1), `/request-logs/${entryIds[number]}`].map((path) => ({
      path,
      headers: { authorization },
    }));
  });
}

interface Detail {
  readonly organizationId: string;
  readonly actor: { readonly userId: string };
  readonly target: { readonly name: string };
  readonly accountId: string;
  readonly region: string;
}

/** Sends the queries for the given time. Fails if the process fails. */
export function runQueries(load: QueryLoad): Promise<QueryFigures> {
  const child = fork(join(import.meta.dirname, 'query-process.ts'));
  return new Promise((resolve, reject) => {
    child.once('message', (figures) => resolve(figures as QueryFigures));
    child.once('exit', (code) => reject(new Error(`autocannon exited with code ${code}`)));
    child.send(load);
  });
}
