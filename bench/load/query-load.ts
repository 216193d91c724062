// Mixed queries with autocannon, in a process of its own, so that neither the emitter nor the sampling slows it down.
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

/** Latencies in milliseconds. */
export interface QueryFigures {
  readonly answers: number;
  readonly seconds: number;
  readonly p50: number;
  readonly p97_5: number;
  readonly p99: number;
  readonly max: number;
  /** Answers by status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Connections that broke, and answers that did not come within ten seconds. */
  readonly errors: number;
  readonly timeouts: number;
}

const readers = { acme: ['admin', 'auditor', 'developer'], globex: ['globex-admin'] } as const;

/** Lists by every filter and pairs of them, and one entry for every two lists, each by a persona that may. */
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

/** Asks for the time given. Fails when the process does. */
export function runQueries(load: QueryLoad): Promise<QueryFigures> {
  const child = fork(join(import.meta.dirname, 'query-process.ts'));
  return new Promise((resolve, reject) => {
    child.once('message', (figures) => resolve(figures as QueryFigures));
    child.once('exit', (code) => reject(new Error(`autocannon ended with ${code}`)));
    child.send(load);
  });
}
