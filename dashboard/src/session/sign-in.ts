// Sign-in by OIDC authorization code with PKCE. Tokens stay in memory and the code leaves the address at once; a reload
// goes by way of the issuer, whose own session makes that silent, and comes back to the same view.
import { InMemoryWebStorage, type User, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import { type DashboardConfig, dashboardPaths } from '../../../core/deployment/dashboard-config.ts';
import { navigate } from '../location/location.ts';
import { loadConfig } from './load-config.ts';

export interface SignedIn {
  readonly config: DashboardConfig;
  readonly manager: UserManager;
  readonly user: User;
}

/** Under this name the tab remembers whom to ask the issuer for after a reload: a user id, never a token. */
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
    // A hidden frame would need the issuer's consent; tokens are renewed with a refresh token or by redirect.
    automaticSilentRenew: false,
    userStore: new WebStorageStateStore({ store: new InMemoryWebStorage() }),
    // The code verifier, while the browser is at the issuer.
    stateStore: new WebStorageStateStore({ store: window.sessionStorage }),
    ...(parameters !== undefined && { extraQueryParams: parameters }),
  });
}

/**
 * Takes in who comes back from the issuer, or sends the browser there; then it never resolves. Fails when the issuer
 * refuses or cannot be reached.
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

/** Sends the browser to the issuer, to come back to what is shown now. Never resolves. */
export async function redirectToIssuer(manager: UserManager): Promise<never> {
  const { pathname, search } = window.location;
  const lastUser = window.sessionStorage.getItem(lastUserKey);
  await manager.signinRedirect({
    state: pathname + search,
    ...(lastUser !== null && { login_hint: lastUser }),
  });
  return new Promise(() => {});
}

/** Signs out here, and at the issuer if it can be told to. True when the browser is on its way there. */
export async function signOut({ config, manager }: SignedIn): Promise<boolean> {
  window.sessionStorage.removeItem(lastUserKey);
  const canTellIssuer = (await manager.metadataService.getEndSessionEndpoint()) !== undefined;
  if (config.logoutUrl === undefined && canTellIssuer) {
    await manager.signoutRedirect();
    return true;
  }
  await manager.removeUser();
  if (config.logoutUrl === undefined) return false;
  window.location.assign(config.logoutUrl);
  return true;
}

/** Where to go on: a path of this page that the issuer handed back; anything else is the start. */
function readReturnTo(state: unknown): string {
  const isOurs = typeof state === 'string' && state.startsWith('/') && !state.startsWith('//');
  return isOurs && !state.startsWith(dashboardPaths.callback) ? state : '/';
}
