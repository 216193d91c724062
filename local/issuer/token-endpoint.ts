// The token endpoint of the local issuer: exchanges a code with its verifier, or a refresh token, for tokens.
// https://www.rfc-editor.org/rfc/rfc6749#section-5
import type { HttpRequest } from '../http-api/event.ts';
import { joinHeaders } from '../http-api/event.ts';
import type { HttpResponse } from '../http-api/response.ts';
import { type Grant, type Grants, provesChallenge } from './grants.ts';
import { readParameters } from './parameters.ts';
import { isLoopbackOrigin } from './redirect-uri.ts';

export interface TokenEndpointOptions {
  readonly clientId: string;
  readonly grants: Grants;
  /** Signs the access token and the id token for a grant. */
  readonly sign: (grant: Grant) => Promise<{ accessToken: string; idToken: string }>;
  readonly accessTokenSeconds: number;
}

class TokenError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Handles a token request. Pages on other ports of this machine, such as a development server, can read the response.
 */
export async function handleTokenRequest(
  request: HttpRequest,
  options: TokenEndpointOptions,
): Promise<HttpResponse> {
  const headers = joinHeaders(request.headers);
  const cors = corsFor(headers.origin);
  try {
    const grant = takeGrant(headers['content-type'], request.body.toString('utf8'), options);
    const { accessToken, idToken } = await options.sign(grant);
    return json(200, cors, {
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: options.accessTokenSeconds,
      scope: grant.scope,
      id_token: idToken,
      // The nonce is for the sign-in only, not for renewed tokens.
      refresh_token: options.grants.issueRefreshToken({ ...grant, nonce: undefined }),
    });
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    const status = error.code === 'invalid_client' ? 401 : 400;
    return json(status, cors, { error: error.code, error_description: error.message });
  }
}

function takeGrant(
  contentType: string | undefined,
  body: string,
  { clientId, grants }: TokenEndpointOptions,
): Grant {
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(contentType ?? '')) {
    throw new TokenError('invalid_request', 'the body must be application/x-www-form-urlencoded');
  }
  const { values, repeated } = readParameters(body);
  if (repeated.length > 0) throw new TokenError('invalid_request', 'a parameter is given more than once');
  if (values.client_id !== clientId) throw new TokenError('invalid_client', `client_id must be ${clientId}`);
  if (values.grant_type === 'authorization_code') return exchangeCode(values, grants);
  if (values.grant_type === 'refresh_token') {
    const grant = grants.takeRefreshToken(values.refresh_token ?? '');
    if (grant !== undefined) return grant;
    throw new TokenError('invalid_grant', 'refresh_token is unknown, used, or expired');
  }
  throw new TokenError('unsupported_grant_type', 'grant_type must be authorization_code or refresh_token');
}

function exchangeCode(values: Readonly<Record<string, string>>, grants: Grants): Grant {
  const { code = '', redirect_uri, code_verifier = '' } = values;
  const pending = grants.takeCode(code);
  if (pending === undefined) throw new TokenError('invalid_grant', 'code is unknown, used, or expired');
  const { redirectUri, codeChallenge, ...grant } = pending;
  if (redirect_uri !== redirectUri) {
    throw new TokenError('invalid_grant', 'redirect_uri must be the one of the authorization request');
  }
  if (!provesChallenge(code_verifier, codeChallenge)) {
    throw new TokenError('invalid_grant', 'code_verifier does not match the code_challenge');
  }
  return grant;
}

function corsFor(origin: string | undefined): Record<string, string> {
  if (origin === undefined || !isLoopbackOrigin(origin)) return {};
  return { 'access-control-allow-origin': origin, vary: 'Origin' };
}

function json(status: number, cors: Record<string, string>, value: unknown): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...cors },
    body: JSON.stringify(value),
  };
}
