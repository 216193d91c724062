// Signs in with the OIDC authorization code flow with PKCE. Tokens stay in memory, and the code is removed from the URL
// immediately. A reload redirects to the issuer, which needs no input while its own session lasts, and returns to the
// same view.
import { InMemoryWebStorage, type User, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import { type DashboardConfig, dashboardPaths } from '../../../core/deployment/dashboard-config.ts';
import { navigate } from '../location/location.ts';
import { loadConfig } from './load-config.ts';

export interface SignedIn {
  readonly config: DashboardConfig;
  readonly manager: UserManager;
  readonly user: User;
}

/** Session storage key of the last user's ID, which is the login hint after a reload. Never a token. */
const lastUserKey = 'request-logs:last-user';

function createUserManager({ issuer, clientId, scope, parameters }: DashboardConfig): UserManager {
  const { origin } = window.location;
  return new UserManager({
    authority: issuer,
    client_id: clientId,
    scope,
    redirect_uri: origin + dashboardPaths.callback,
    post_logout_redirect_uri: `${origin}/`,
    response_type: 'code',
    // A hidden frame would need the issuer's permission. Tokens are renewed with a refresh token or by redirect.
    automaticSilentRenew: false,
    userStore: new WebStorageStateStore({ store: new InMemoryWebStorage() }),
    // Keeps the code verifier while the browser is at the issuer.
    stateStore: new WebStorageStateStore({ store: window.sessionStorage }),
    ...(parameters !== undefined && { extraQueryParams: parameters }),
  });
}

/**
 * Completes the sign-in after the issuer's redirect. Otherwise redirects to the issuer and never resolves. Rejects if the
 * issuer returns an error or cannot be reached.
 */
export async function signIn(): Promise<SignedIn> {
  const config = await loadConfig();
  const manager = createUserManager(config);
  if (window.location.pathname !== dashboardPaths.callback) return redirectToIssuer(manager);
  const user = await manager.signinRedirectCallback();
  window.sessionStorage.setItem(lastUserKey, user.profile.sub);
  navigate(readReturnTo(user.state), { replace: true });
  return { config, manager, user };
}

/** Redirects to the issuer, and returns to the current view. Never resolves. */
export async function redirectToIssuer(manager: UserManager): Promise<never> {
  const { pathname, search } = window.location;
  const lastUser = window.sessionStorage.getItem(lastUserKey);
  await manager.signinRedirect({
    state: pathname + search,
    ...(lastUser !== null && { login_hint: lastUser }),
  });
  return new Promise(() => {});
}

/** Signs out of the page, and of the issuer if it supports that. Returns whether the browser is being redirected. */
export async function signOut({ config, manager }: SignedIn): Promise<boolean> {
  window.sessionStorage.removeItem(lastUserKey);
  const canEndIssuerSession = (await manager.metadataService.getEndSessionEndpoint()) !== undefined;
  if (config.logoutUrl === undefined && canEndIssuerSession) {
    await manager.signoutRedirect();
    return true;
  }
  await manager.removeUser();
  if (config.logoutUrl === undefined) return false;
  window.location.assign(config.logoutUrl);
  return true;
}

/** The path to return to: one of this page from the issuer's state, otherwise `/`. Prevents open redirects. */
function readReturnTo(state: unknown): string {
  const isLocalPath = typeof state === 'string' && state.startsWith('/') && !state.startsWith('//');
  return isLocalPath && !state.startsWith(dashboardPaths.callback) ? state : '/';
}
