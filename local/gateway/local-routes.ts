// The routes below /_local: tokens for the personas, the issuer, and the status of the stack.
import type { HttpRequest } from '../http-api/event.ts';
import type { HttpResponse } from '../http-api/response.ts';
import type { LocalIssuer } from '../issuer/issuer.ts';
import { personas } from '../issuer/personas.ts';
import { localPathPrefix } from '../shared/environment.ts';

export function createLocalRoutes(issuer: LocalIssuer, status: () => unknown) {
  return async (request: HttpRequest): Promise<HttpResponse> => {
    const path = request.rawPath.slice(localPathPrefix.length);
    if (path.startsWith('/issuer/')) {
      return issuer.respond(path.slice('/issuer'.length), request) ?? unknownPath;
    }
    if (request.method !== 'GET') return json(405, { message: 'This path supports GET only.' });
    if (path === '/token') return tokenFor(issuer, new URLSearchParams(request.rawQuery).get('persona'));
    if (path === '/status') return json(200, status());
    return unknownPath;
  };
}

const unknownPath = json(404, {
  message: 'Supported paths: /_local/token?persona=<name>, /_local/status, /_local/issuer',
});

async function tokenFor(issuer: LocalIssuer, persona: string | null): Promise<HttpResponse> {
  const token = persona === null ? undefined : await issuer.token(persona);
  if (token !== undefined) return json(200, { token });
  const problem = persona === null ? 'persona is missing' : `persona ${JSON.stringify(persona)} is unknown`;
  return json(400, { message: `${problem}; it must be one of ${Object.keys(personas).join(', ')}` });
}

function json(status: number, value: unknown): HttpResponse {
  return {
    status,
    // No CORS header: pages of other origins must not be able to fetch a token.
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: `${JSON.stringify(value, null, 2)}\n`,
  };
}
