// Who is signed in. Nothing else of the page is shown before somebody is.
import type { User, UserManager } from 'oidc-client-ts';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { navigate } from '../location/location.ts';
import { loadConfig } from './dashboard-config.ts';
import { SignInProblem } from './sign-in-problem.tsx';
import { callbackPath, createUserManager } from './user-manager.ts';

export interface Session {
  readonly user: User;
  /** The access token. Fails when it has expired and cannot be renewed. */
  readonly getToken: () => Promise<string>;
  readonly signOut: () => Promise<void>;
}

const SessionContext = createContext<Session | undefined>(undefined);

export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const [signedIn, setSignedIn] = useState<{ manager: UserManager; user: User }>();
  const [problem, setProblem] = useState<unknown>();
  useEffect(() => {
    signIn().then(setSignedIn, setProblem);
  }, []);
  const manager = signedIn?.manager;
  const getToken = useCallback(async () => {
    const user = await manager?.getUser();
    if (!user || user.expired) throw new Error('the session has ended');
    return user.access_token;
  }, [manager]);
  const session = useMemo(
    () => signedIn && { user: signedIn.user, getToken, signOut: () => signedIn.manager.signoutRedirect() },
    [signedIn, getToken],
  );
  if (problem !== undefined) return <SignInProblem problem={problem} />;
  if (session === undefined) return null;
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** The session. Fails outside of SessionProvider. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('useSession needs a SessionProvider around it');
  return session;
}

let signingIn: Promise<{ manager: UserManager; user: User }> | undefined;

/** Comes back from the issuer, or goes there; React's strict mode asks twice, and a code is good once. */
function signIn(): Promise<{ manager: UserManager; user: User }> {
  signingIn ??= startSignIn();
  return signingIn;
}

async function startSignIn(): Promise<{ manager: UserManager; user: User }> {
  const manager = createUserManager(await loadConfig());
  const { pathname, search } = window.location;
  if (pathname === callbackPath) {
    const user = await manager.signinRedirectCallback();
    navigate(typeof user.state === 'string' ? user.state : '/', { replace: true });
    return { manager, user };
  }
  await manager.signinRedirect({ state: pathname + search });
  return new Promise(() => {});
}
