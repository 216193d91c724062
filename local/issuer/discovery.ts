// The discovery document of the local issuer.
// https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata

/** Paths of the endpoints, relative to the issuer URL. */
export const issuerPaths = {
  discovery: '/.well-known/openid-configuration',
  keys: '/.well-known/jwks.json',
  authorize: '/authorize',
  token: '/token',
  endSession: '/end-session',
} as const;

export function discoveryDocument(url: string): Record<string, unknown> {
  return {
    issuer: url,
    authorization_endpoint: `${url}${issuerPaths.authorize}`,
    token_endpoint: `${url}${issuerPaths.token}`,
    end_session_endpoint: `${url}${issuerPaths.endSession}`,
    jwks_uri: `${url}${issuerPaths.keys}`,
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['none'],
    scopes_supported: ['openid', 'profile'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    claims_supported: ['iss', 'sub', 'aud', 'exp', 'iat', 'auth_time', 'nonce', 'name'],
  };
}
