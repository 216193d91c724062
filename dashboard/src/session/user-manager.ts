// Sign-in by OIDC authorization code with PKCE. Tokens stay in memory: a reload signs in anew, which the issuer's own
// session makes silent.
import { InMemoryWebStorage, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import type { DashboardConfig } from './dashboard-config.ts';

export const callbackPath = '/callback';

export function createUserManager({ issuer, clientId, scope }: DashboardConfig): UserManager {
  const origin = window.location.origin;
  return new UserManager({
    authority: issuer,
    client_id: clientId,
    scope,
    redirect_uri: origin + callbackPath,
    post_logout_redirect_uri: `${origin}/`,
    response_type: 'code',
    userStore: new WebStorageStateStore({ store: new InMemoryWebStorage() }),
    // Holds the code verifier, while the browser is at the issuer, and never a token.
    stateStore: new WebStorageStateStore({ store: window.sessionStorage }),
  });
}
