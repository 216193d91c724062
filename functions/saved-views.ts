// GET and POST /request-logs/views, PUT and DELETE /request-logs/views/{viewId}: searches with a name.
import type { Caller } from '../core/access/caller.ts';
import { readPermissions } from '../core/contract/vocabulary.ts';
import { environmentNames } from '../core/deployment/environment-names.ts';
import { invalidParameter } from '../core/values/errors.ts';
import { maxBodyBytes, readNewView, readViewChange } from '../core/views/read-request.ts';
import { SavedViews } from '../core/views/saved-views.ts';
import { DynamoDbViewStore } from '../store/dynamodb-view-store.ts';
import { createDocumentClient } from './shared/clients.ts';
import { readRoleMap } from './shared/configuration.ts';
import { readText } from './shared/environment-variables.ts';
import { logger } from './shared/logs.ts';
import { jsonResult, type QueryEvent, type QueryResult, queryHandler } from './shared/query-handler.ts';
import { redactFilters } from './shared/redact-filters.ts';

const savedViews = new SavedViews({
  store: new DynamoDbViewStore({
    client: createDocumentClient(),
    tableName: readText(environmentNames.viewTableName),
  }),
  roleMap: readRoleMap(),
});

type Respond = (event: QueryEvent, caller: Caller) => Promise<QueryResult>;

const routes: Readonly<Record<string, Respond>> = { GET: list, POST: create, PUT: change, DELETE: remove };

export const handler = queryHandler([readPermissions.read], async (event, caller) => {
  const respond = routes[event.requestContext.http.method];
  if (respond === undefined) throw new Error('this method has no route');
  return respond(event, caller);
});

async function list(event: QueryEvent, caller: Caller): Promise<QueryResult> {
  readParameters(event, []);
  const views = await savedViews.list(caller);
  logger.info('views listed', { count: views.views.length });
  return jsonResult(views);
}

async function create(event: QueryEvent, caller: Caller): Promise<QueryResult> {
  readParameters(event, []);
  const given = readNewView(readBody(event));
  await refuseSecrets(given);
  const view = await savedViews.create(caller, given);
  logger.info('view created', { viewId: view.id, version: view.version });
  return { ...jsonResult(view), statusCode: 201 };
}

async function change(event: QueryEvent, caller: Caller): Promise<QueryResult> {
  readParameters(event, []);
  const given = readViewChange(readBody(event));
  await refuseSecrets(given);
  const view = await savedViews.change(caller, viewIdOf(event), given);
  logger.info('view changed', { viewId: view.id, version: view.version });
  return jsonResult(view);
}

async function remove(event: QueryEvent, caller: Caller): Promise<QueryResult> {
  const { version } = readParameters(event, ['version']);
  if (version === undefined) throw invalidParameter('version', 'is required: the version that was read');
  const viewId = viewIdOf(event);
  await savedViews.remove(caller, viewId, version);
  logger.info('view deleted', { viewId });
  const { body: _, ...result } = jsonResult({});
  return { ...result, statusCode: 204 };
}

function viewIdOf(event: QueryEvent): string {
  return event.pathParameters?.viewId ?? '';
}

function readBody({ body = '', isBase64Encoded }: QueryEvent): string {
  // A longer body is not decoded. It is too long in any encoding.
  if (body.length > 2 * maxBodyBytes) return body;
  return isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body;
}

/** Returns the query parameters, each at most once. Fails with INVALID_PARAMETER for another one. */
function readParameters(event: QueryEvent, allowed: readonly string[]): Record<string, string | undefined> {
  const parameters = new URLSearchParams(event.rawQueryString);
  for (const name of parameters.keys()) {
    if (!allowed.includes(name)) throw invalidParameter(name.slice(0, 64), 'is not a parameter');
    if (parameters.getAll(name).length > 1) throw invalidParameter(name, 'must be specified only once');
  }
  return Object.fromEntries(parameters);
}

/** A filter accepts any text. A secret that was pasted by mistake must not be stored, or shared. */
async function refuseSecrets({ name, search }: { readonly name: string; readonly search: string }) {
  const values = [name, ...new URLSearchParams(search).values()];
  const { redacted } = await redactFilters({ redacted: values });
  const index = values.findIndex((value, at) => redacted?.[at] !== value);
  if (index !== -1) throw invalidParameter(index === 0 ? 'name' : 'search', 'must not contain a secret');
}
