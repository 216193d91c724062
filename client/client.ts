// The typed client of the Request Logs API, for browsers and Node.js. Its types come from docs/openapi.json.
import createClient from 'openapi-fetch';
import { ApiError } from './api-error.ts';
import { toQueryString } from './query-string.ts';
import { type RetryOptions, withRetries } from './retry.ts';
import type {
  ConsistencyProof,
  DirectoryPage,
  Entry,
  History,
  Leaves,
  NewView,
  operations,
  Page,
  Proof,
  paths,
  SavedView,
  Summary,
  ViewChange,
  ViewList,
  Witnesses,
} from './schema.ts';

export { ApiError } from './api-error.ts';
export { exactTerm } from './query-string.ts';
export type { RetryOptions } from './retry.ts';
export type * from './schema.ts';

type QueryOf<Operation extends { parameters: { query?: unknown } }> = NonNullable<
  Operation['parameters']['query']
>;

export type ListQuery = QueryOf<operations['listEntries']>;
export type ExportQuery = QueryOf<operations['exportEntries']>;
export type DirectoryQuery = QueryOf<operations['listDirectory']>;
export type ConsistencyQuery = QueryOf<operations['getConsistency']>;
export type SummaryQuery = QueryOf<operations['summarizeEntries']>;
export type LeavesQuery = QueryOf<operations['getLeaves']>;
export type HistoryQuery = QueryOf<operations['getHistory']>;
export type DirectoryField = operations['listDirectory']['parameters']['path']['field'];

/** The settings of a client. */
export interface RequestLogsClientOptions extends RetryOptions {
  /** Base URL of the API, such as `https://abc123.execute-api.eu-west-1.amazonaws.com`. */
  readonly baseUrl: string;
  /** Returns the access token. Called before every request, so that a renewed token is used. */
  readonly getToken: () => string | Promise<string>;
  /** @default the global fetch */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/** The options of one call. */
export interface CallOptions {
  /** Aborts the request, or the wait before a retry. */
  readonly signal?: AbortSignal | undefined;
}

/** One page of an export. */
export interface ExportPage {
  /** CSV or NDJSON. Pages concatenated in order form one file. */
  readonly text: string;
  /** Number of entries in `text`. */
  readonly count: number;
  readonly nextCursor: string | null;
  readonly complete: boolean;
  readonly searchedThrough: string;
  /** With `order: 'recorded'`: continues after this page, even if it is the last one. Never expires. */
  readonly resumeCursor?: string | undefined;
  /** With `order: 'recorded'`: number of places in the log whose entries have expired or were removed. */
  readonly removedCount?: number | undefined;
  /** Number of entries that could not be searched because their details cannot be read. */
  readonly notSearchedCount?: number | undefined;
}

/** Every call throws `ApiError` for an unsuccessful response, after any retries. */
export interface RequestLogsClient {
  /** GET /request-logs */
  listEntries(query?: ListQuery, options?: CallOptions): Promise<Page>;
  /** GET /request-logs/{id} */
  getEntry(id: string, options?: CallOptions): Promise<Entry>;
  /** GET /request-logs/directory/{field} */
  listDirectory(field: DirectoryField, query?: DirectoryQuery, options?: CallOptions): Promise<DirectoryPage>;
  /** GET /request-logs/export */
  exportEntries(query: ExportQuery, options?: CallOptions): Promise<ExportPage>;
  /** GET /request-logs/summary */
  summarizeEntries(query?: SummaryQuery, options?: CallOptions): Promise<Summary>;
  /** GET /request-logs/views */
  listViews(options?: CallOptions): Promise<ViewList>;
  /** POST /request-logs/views. Not retried. */
  createView(view: NewView, options?: CallOptions): Promise<SavedView>;
  /** PUT /request-logs/views/{viewId}. Not retried. */
  changeView(id: string, view: ViewChange, options?: CallOptions): Promise<SavedView>;
  /** DELETE /request-logs/views/{viewId}. Not retried. */
  deleteView(id: string, version: string, options?: CallOptions): Promise<void>;
  /** GET /request-logs/history */
  getHistory(query: HistoryQuery, options?: CallOptions): Promise<History>;
  /** GET /request-logs/{id}/proof */
  getProof(id: string, options?: CallOptions): Promise<Proof>;
  /** GET /request-logs/log/checkpoint: the signed checkpoint as text. */
  getCheckpoint(options?: CallOptions): Promise<string>;
  /** GET /request-logs/log/consistency */
  getConsistency(query: ConsistencyQuery, options?: CallOptions): Promise<ConsistencyProof>;
  /** GET /request-logs/log/leaves */
  getLeaves(query?: LeavesQuery, options?: CallOptions): Promise<Leaves>;
  /** GET /request-logs/log/key: the verifier key as text. */
  getLogKey(options?: CallOptions): Promise<string>;
  /** GET /request-logs/log/witnesses */
  getWitnesses(options?: CallOptions): Promise<Witnesses>;
  /** Every page of a list, starting at `query.cursor` if given, until the entire range is searched. */
  pages(query?: ListQuery, options?: CallOptions): AsyncGenerator<Page, void, undefined>;
  /** Every part of a summary, until everything is counted. The first one is the only one if it is exact. */
  summaryParts(query?: SummaryQuery, options?: CallOptions): AsyncGenerator<Summary, void, undefined>;
  /** Every page of an export. */
  exportPages(query: ExportQuery, options?: CallOptions): AsyncGenerator<ExportPage, void, undefined>;
}

/**
 * Creates a client.
 *
 * @example
 * const client = createRequestLogsClient({ baseUrl, getToken: () => session.token });
 * for await (const { items } of client.pages({ resource: ['orders-d'], action: ['UPDATE'] })) show(items);
 */
export function createRequestLogsClient(options: RequestLogsClientOptions): RequestLogsClient {
  const { baseUrl, getToken, fetch = (request) => globalThis.fetch(request) } = options;
  const send = async (request: Request) => {
    request.headers.set('authorization', `Bearer ${await getToken()}`);
    return fetch(request);
  };
  const api = createClient<paths>({
    baseUrl,
    fetch: withRetries(send, options),
    querySerializer: toQueryString,
  });
  api.use({
    onResponse: ({ response, options: { parseAs } }) => {
      if (!response.ok || response.status === 204 || parseAs !== 'json' || isJson(response)) return;
      throw new ApiError(response, {
        message: 'the response is not JSON; check that baseUrl is the URL of the API',
      });
    },
  });

  const client: RequestLogsClient = {
    listEntries: (query = {}, call = {}) =>
      read(api.GET('/request-logs', { params: { query }, ...init(call) })),
    getEntry: (id, call = {}) =>
      read(api.GET('/request-logs/{id}', { params: { path: { id } }, ...init(call) })),
    listDirectory: (field, query = {}, call = {}) =>
      read(api.GET('/request-logs/directory/{field}', { params: { path: { field }, query }, ...init(call) })),
    exportEntries: async (query, call = {}) => {
      const { data, error, response } = await api.GET('/request-logs/export', {
        params: { query },
        parseAs: 'text',
        ...init(call),
      });
      if (!response.ok) throw new ApiError(response, error);
      return toExportPage(data ?? '', response.headers);
    },
    summarizeEntries: (query = {}, call = {}) =>
      read(api.GET('/request-logs/summary', { params: { query }, ...init(call) })),
    listViews: (call = {}) => read(api.GET('/request-logs/views', init(call))),
    createView: (body, call = {}) => read(api.POST('/request-logs/views', { body, ...init(call) })),
    changeView: (viewId, body, call = {}) =>
      read(api.PUT('/request-logs/views/{viewId}', { params: { path: { viewId } }, body, ...init(call) })),
    deleteView: async (viewId, version, call = {}) => {
      const { error, response } = await api.DELETE('/request-logs/views/{viewId}', {
        params: { path: { viewId }, query: { version } },
        ...init(call),
      });
      if (!response.ok) throw new ApiError(response, error);
    },
    getHistory: (query, call = {}) =>
      read(api.GET('/request-logs/history', { params: { query }, ...init(call) })) as Promise<History>,
    getProof: (id, call = {}) =>
      read(
        api.GET('/request-logs/{id}/proof', { params: { path: { id } }, ...init(call) }),
      ) as Promise<Proof>,
    getCheckpoint: (call = {}) =>
      read(api.GET('/request-logs/log/checkpoint', { parseAs: 'text', ...init(call) })),
    getConsistency: (query, call = {}) =>
      read(api.GET('/request-logs/log/consistency', { params: { query }, ...init(call) })),
    getLeaves: (query = {}, call = {}) =>
      read(api.GET('/request-logs/log/leaves', { params: { query }, ...init(call) })),
    getLogKey: async (call = {}) =>
      (await read(api.GET('/request-logs/log/key', { parseAs: 'text', ...init(call) }))).trim(),
    getWitnesses: (call = {}) => read(api.GET('/request-logs/log/witnesses', init(call))),
    pages: (query = {}, call = {}) => follow(client.listEntries, query, call),
    summaryParts: (query = {}, call = {}) => follow(client.summarizeEntries, query, call),
    exportPages: (query, call = {}) => follow(client.exportEntries, query, call),
  };
  return client;
}

function init({ signal }: CallOptions): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}

function isJson({ headers }: Response): boolean {
  return /^application\/json\b/i.test(headers.get('content-type') ?? '');
}

/** Returns the response body. Throws ApiError for an unsuccessful response. */
async function read<Data>(
  request: Promise<{ data?: Data; error?: unknown; response: Response }>,
): Promise<Data> {
  const { data, error, response } = await request;
  if (!response.ok || data === undefined) throw new ApiError(response, error);
  return data;
}

async function* follow<Query extends { cursor?: string }, Page extends { nextCursor: string | null }>(
  readPage: (query: Query, call: CallOptions) => Promise<Page>,
  query: Query,
  call: CallOptions,
): AsyncGenerator<Page, void, undefined> {
  for (let next: Query | undefined = query; next !== undefined; ) {
    const page: Page = await readPage(next, call);
    yield page;
    next = page.nextCursor === null ? undefined : { ...query, cursor: page.nextCursor };
  }
}

type ExportHeader = keyof operations['exportEntries']['responses'][200]['headers'] & string;

function toExportPage(text: string, headers: Headers): ExportPage {
  const header = (name: ExportHeader) => headers.get(name);
  const notSearched = header('x-not-searched-count');
  const removed = header('x-removed-count');
  return {
    text,
    count: Number(header('x-entry-count') ?? 0),
    nextCursor: header('x-next-cursor'),
    complete: header('x-complete') === 'true',
    searchedThrough: header('x-searched-through') ?? '',
    resumeCursor: header('x-resume-cursor') ?? undefined,
    removedCount: removed === null ? undefined : Number(removed),
    notSearchedCount: notSearched === null ? undefined : Number(notSearched),
  };
}
