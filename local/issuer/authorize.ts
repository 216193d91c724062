// The authorization endpoint of the local issuer: validates the request, shows the personas, and redirects the browser
// back with a code. https://openid.net/specs/openid-connect-core-1_0.html#AuthorizationEndpoint
import * as z from 'zod/mini';
import type { HttpResponse } from '../http-api/response.ts';
import { renderChooser, renderRefusal } from './chooser-page.ts';
import type { Grants } from './grants.ts';
import { describeProblem, readParameters } from './parameters.ts';
import type { PersonaView } from './persona-view.ts';
import { isRedirectUri } from './redirect-uri.ts';

const requestSchema = z.object({
  response_type: z.literal('code', 'must be code'),
  scope: z
    .string('is missing')
    .check(z.refine((scope) => scope.split(' ').includes('openid'), 'must contain openid')),
  code_challenge_method: z.literal('S256', 'must be S256'),
  code_challenge: z
    .string('is missing')
    .check(z.regex(/^[A-Za-z0-9_-]{43}$/, 'must be a SHA-256 digest in base64url, 43 characters')),
  response_mode: z.optional(z.literal('query', 'must be query')),
  prompt: z.optional(z.string()),
  login_hint: z.optional(z.string()),
  nonce: z.optional(z.string()),
});

export interface AuthorizeOptions {
  readonly clientId: string;
  readonly grants: Grants;
  readonly personas: readonly PersonaView[];
}

/**
 * Handles an authorization request. An unknown client or redirect URI gets an error page, never a redirect. Any other
 * problem is returned to the client as `error`. The parameter `persona` selects a persona, and so does a `login_hint`
 * with the user id of a persona, which the dashboard sends after a reload because this issuer has no sessions. Without
 * either, the response is the chooser page, whose links repeat the request with a `persona`.
 */
export function authorize(rawQuery: string, { clientId, grants, personas }: AuthorizeOptions): HttpResponse {
  const { values, repeated } = readParameters(rawQuery);
  const { client_id, redirect_uri = '', state } = values;
  if (client_id !== clientId) return renderRefusal(`client_id must be ${clientId}.`);
  if (repeated.includes('redirect_uri') || !isRedirectUri(redirect_uri)) {
    return renderRefusal(
      'redirect_uri must be http://localhost:<port>/callback, or the same with 127.0.0.1.',
    );
  }
  const respond = (parameters: Readonly<Record<string, string>>) =>
    redirect(redirect_uri, { ...parameters, ...(state !== undefined && { state }) });
  const fail = (error: string, description: string) => respond({ error, error_description: description });

  if (repeated.length > 0) return fail('invalid_request', `${repeated[0]} is given more than once`);
  if (values.response_type !== undefined && values.response_type !== 'code') {
    return fail('unsupported_response_type', 'response_type must be code');
  }
  const request = requestSchema.safeParse(values);
  if (!request.success) return fail('invalid_request', describeProblem(request.error));
  const { scope, nonce, prompt, login_hint, code_challenge } = request.data;
  // There are no sessions, so a silent sign-in is not possible.
  if (prompt?.split(' ').includes('none')) return fail('login_required', 'no user is signed in');

  const hinted = prompt === undefined ? personas.find(({ user }) => user === login_hint) : undefined;
  const chosen = values.persona ?? hinted?.name;
  if (chosen === undefined) return renderChooser(personas, (name) => linkTo(rawQuery, name));
  const persona = personas.find(({ name }) => name === chosen);
  if (persona === undefined) return fail('access_denied', 'the persona does not exist');
  const code = grants.issueCode({
    persona: persona.name,
    clientId,
    scope,
    nonce,
    redirectUri: redirect_uri,
    codeChallenge: code_challenge,
    authTime: Math.floor(Date.now() / 1000),
  });
  return respond({ code });
}

function linkTo(rawQuery: string, persona: string): string {
  const query = new URLSearchParams(rawQuery);
  query.set('persona', persona);
  return `?${query}`;
}

function redirect(uri: string, parameters: Readonly<Record<string, string>>): HttpResponse {
  return {
    status: 303,
    headers: {
      location: `${uri}?${new URLSearchParams(parameters)}`,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    },
    body: '',
  };
}
