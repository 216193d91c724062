// Connects to the API: to the local stack with the token of a persona, or to a deployed API with the user's token.
// Must never print a token, or send one over plain HTTP to another machine.
import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { createRequestLogsClient, type RequestLogsClient } from '../client/client.ts';
import { ServerClock } from '../client/server-clock.ts';
import { escapeForTerminal } from '../core/values/terminal-text.ts';
import { CommandError } from '../terminal/command-error.ts';
import { UsageError } from '../terminal/usage-error.ts';
import type { ConnectionOptions } from './commands.ts';

const defaultPersona = 'auditor';

/** A client for the API and the identity of its caller. */
export interface Connection {
  readonly client: RequestLogsClient;
  readonly url: URL;
  /** The API's clock, which every response corrects. */
  readonly clock: ServerClock;
  /** Changes when the caller changes, as far as the CLI can tell. */
  readonly identity: string;
}

/** Creates the client. Throws UsageError if the options and the environment do not define a valid URL and token. */
export function connect(options: ConnectionOptions, environment: NodeJS.ProcessEnv): Connection {
  const url = readUrl(options.url, environment);
  const isLocal = isLoopback(url);
  if (url.protocol === 'http:' && !isLocal) {
    throw new UsageError(
      `--url must use https unless it points to this machine; got ${escapeForTerminal(url.href)}`,
    );
  }
  const token = readToken(options, environment);
  if (token === undefined && !isLocal) {
    throw new UsageError(`${url.origin} requires a token; set REQUEST_LOGS_TOKEN or use --token-file`);
  }
  if (token !== undefined && options.persona !== undefined) {
    throw new UsageError('--persona works only with the local stack and cannot be combined with a token');
  }
  const persona = options.persona ?? defaultPersona;
  const local = new LocalToken(url, persona);
  const clock = new ServerClock();
  const send = (request: Request) => (token === undefined ? local.fetch(request) : fetch(request));
  const client = createRequestLogsClient({
    baseUrl: url.href.replace(/\/$/, ''),
    getToken: () => token ?? local.get(),
    fetch: async (request) => {
      const response = await send(request);
      clock.readResponse(response);
      return response;
    },
  });
  return { client, url, clock, identity: token === undefined ? persona : 'token' };
}

function readUrl(given: string | undefined, environment: NodeJS.ProcessEnv): URL {
  const text = given ?? (environment.REQUEST_LOGS_URL || `http://localhost:${environment.PORT || 3000}`);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isAllowed = url !== undefined && /^https?:$/.test(url.protocol) && url.username === '';
  if (isAllowed && url.search === '' && url.hash === '') return url;
  const where = given !== undefined ? '--url' : environment.REQUEST_LOGS_URL ? 'REQUEST_LOGS_URL' : 'PORT';
  const allowed =
    where === 'PORT'
      ? 'PORT must be a port number'
      : `${where} must be an https URL without credentials, query or fragment`;
  throw new UsageError(
    where === 'PORT' ? allowed : `${allowed}; got ${escapeForTerminal(JSON.stringify(text))}`,
  );
}

function isLoopback({ hostname }: URL): boolean {
  return /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

/** Uses the token from the environment only with an explicit URL, never with the default local stack. */
function readToken(options: ConnectionOptions, environment: NodeJS.ProcessEnv): string | undefined {
  const isUrlGiven = options.url !== undefined || Boolean(environment.REQUEST_LOGS_URL);
  const inherited = isUrlGiven && options.persona === undefined ? environment.REQUEST_LOGS_TOKEN : undefined;
  const token = readTokenFile(options.tokenFile) ?? (inherited?.trim() || undefined);
  if (token === undefined || /^[\w.~+/=-]+$/.test(token)) return token;
  throw new UsageError('the token contains invalid characters; omit the "Bearer" prefix');
}

const standardInput = 0;

function readTokenFile(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  const token = readText(path).trim();
  if (token === '') throw new UsageError(`--token-file ${escapeForTerminal(path)} is empty`);
  return token;
}

function readText(path: string): string {
  try {
    return readFileSync(path === '-' ? standardInput : path, 'utf8');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new UsageError(`--token-file ${escapeForTerminal(path)} cannot be read: ${error.code}`);
  }
}

const tokenAnswerSchema = z.object({ token: z.string() });
const refusalSchema = z.object({ message: z.string() });

/** Fetches a persona's token from the local stack, and fetches a new one when the API rejects it. */
class LocalToken {
  readonly #source: URL;
  #token: string | undefined;

  constructor(url: URL, persona: string) {
    this.#source = new URL('/_local/token', url);
    this.#source.searchParams.set('persona', persona);
  }

  async get(): Promise<string> {
    this.#token ??= await this.#ask();
    return this.#token;
  }

  /** Sends the request, and retries once with a new token after a 401. */
  async fetch(request: Request): Promise<Response> {
    const response = await fetch(request);
    if (response.status !== 401) return response;
    await response.body?.cancel();
    this.#token = undefined;
    const again = new Request(request);
    again.headers.set('authorization', `Bearer ${await this.get()}`);
    return fetch(again);
  }

  async #ask(): Promise<string> {
    const response = await fetch(this.#source);
    const answer: unknown = await response.json().catch(() => undefined);
    const granted = tokenAnswerSchema.safeParse(answer);
    if (response.ok && granted.success) return granted.data.token;
    const refused = refusalSchema.safeParse(answer);
    throw new CommandError(
      refused.success
        ? refused.data.message
        : `${this.#source.origin} is not a local stack and does not issue tokens; set REQUEST_LOGS_TOKEN`,
    );
  }
}
