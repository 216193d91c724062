// Which API to ask, and as whom: the local stack with a token of one of its personas, or a deployed API with a token
// of the user's. A token is never printed, and goes over plain HTTP to this machine only.
import * as z from 'zod/mini';
import { createRequestLogsClient, type RequestLogsClient } from '../client/client.ts';
import { escapeForTerminal } from '../core/values/terminal-text.ts';
import { CommandError } from '../terminal/command-error.ts';
import { UsageError } from '../terminal/usage-error.ts';
import type { ConnectionOptions } from './arguments.ts';

const defaultPersona = 'auditor';

export interface Connection {
  readonly client: RequestLogsClient;
  readonly url: URL;
  /** A change of it means another caller, as far as can be seen from here. */
  readonly identity: string;
}

/** Fails with UsageError when options and environment do not tell where to ask and as whom. */
export function connect(options: ConnectionOptions, environment: NodeJS.ProcessEnv): Connection {
  const url = readUrl(options.url, environment);
  const isLocal = isLoopback(url);
  if (url.protocol === 'http:' && !isLocal) {
    throw new UsageError(`--url must be https unless it is this machine; is ${escapeForTerminal(url.href)}`);
  }
  const token = readToken(options, environment);
  if (token === undefined && !isLocal) {
    throw new UsageError(`${url.origin} needs a token: REQUEST_LOGS_TOKEN or --token`);
  }
  if (token !== undefined && options.persona !== undefined) {
    throw new UsageError('--persona is for the local stack, and excludes a token');
  }
  const persona = options.persona ?? defaultPersona;
  const local = new LocalToken(url, persona);
  const client = createRequestLogsClient({
    baseUrl: url.href.replace(/\/$/, ''),
    getToken: () => token ?? local.get(),
    ...(token === undefined && { fetch: (request: Request) => local.fetch(request) }),
  });
  return { client, url, identity: token === undefined ? persona : 'token' };
}

function readUrl(given: string | undefined, environment: NodeJS.ProcessEnv): URL {
  const text = given ?? (environment.REQUEST_LOGS_URL || `http://localhost:${environment.PORT || 3000}`);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isAllowed = url !== undefined && /^https?:$/.test(url.protocol) && url.username === '';
  if (isAllowed && url.search === '' && url.hash === '') return url;
  const where = given !== undefined ? '--url' : environment.REQUEST_LOGS_URL ? 'REQUEST_LOGS_URL' : 'PORT';
  const allowed =
    where === 'PORT' ? 'PORT must be a port number' : `${where} must be an https URL without user and query`;
  throw new UsageError(
    where === 'PORT' ? allowed : `${allowed}; is ${escapeForTerminal(JSON.stringify(text))}`,
  );
}

function isLoopback({ hostname }: URL): boolean {
  return /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

/** The token of the environment belongs to the URL of the environment, not to the local stack. */
function readToken(options: ConnectionOptions, environment: NodeJS.ProcessEnv): string | undefined {
  const isUrlGiven = options.url !== undefined || Boolean(environment.REQUEST_LOGS_URL);
  const inherited = isUrlGiven && options.persona === undefined ? environment.REQUEST_LOGS_TOKEN : undefined;
  const token = options.token ?? (inherited?.trim() || undefined);
  if (token === undefined || /^[\w.~+/=-]+$/.test(token)) return token;
  throw new UsageError('the token has characters that no token has; it must be given without "Bearer"');
}

const tokenAnswerSchema = z.object({ token: z.string() });
const refusalSchema = z.object({ message: z.string() });

/** A persona's token of the local stack, fetched anew when it is no longer taken. */
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

  /** Sends the request, and once more with a new token when the old one has ended. */
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
        : `${this.#source.origin} gives no tokens, so it is not the local stack; give one as REQUEST_LOGS_TOKEN`,
    );
  }
}
