// Provides the session of the signed-in user. The page is not shown until the user has signed in.
import Box from '@cloudscape-design/components/box';
import Spinner from '@cloudscape-design/components/spinner';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { escapeUnsafe } from '../../../core/values/visible-text.ts';
import { queryClient } from '../network/query-client.ts';
import { type Access, readAccess } from './access.ts';
import { redirectToIssuer, type SignedIn, signIn, signOut } from './sign-in.ts';
import { SignInProblem } from './sign-in-problem.tsx';
import { SignedOut } from './signed-out.tsx';
import { SessionEnded, TokenSource } from './token-source.ts';

export interface Session {
  /** The user's name, email address or ID, whichever the issuer provides first. */
  readonly userName: string;
  /** Role, organization and accounts from the token. */
  readonly access: Access;
  /** Whether the user must sign in again. */
  readonly hasEnded: boolean;
  /** Returns an access token. Rejects with SessionEnded. */
  readonly getToken: () => Promise<string>;
  /** Reports that the API rejected the token. */
  readonly reportRefusal: () => void;
  /** Redirects to the issuer, and returns to the current view. */
  readonly signInAgain: () => void;
  readonly signOut: () => void;
}

const SessionContext = createContext<Session | undefined>(undefined);

export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const [signedIn, setSignedIn] = useState<SignedIn | 'out'>();
  const [problem, setProblem] = useState<unknown>();
  const [hasEnded, setHasEnded] = useState(false);
  useEffect(() => {
    signInOnce().then(setSignedIn, setProblem);
  }, []);
  const session = useMemo(() => {
    if (signedIn === undefined || signedIn === 'out') return undefined;
    const { manager, user } = signedIn;
    const tokens = new TokenSource(manager);
    return {
      userName: escapeUnsafe(user.profile.name ?? user.profile.email ?? user.profile.sub),
      access: readAccess(user.profile),
      getToken: async () => {
        try {
          return await tokens.getToken();
        } catch (error) {
          if (error instanceof SessionEnded) setHasEnded(true);
          throw error;
        }
      },
      reportRefusal: () => setHasEnded(true),
      signInAgain: () => void redirectToIssuer(manager).catch(setProblem),
      signOut: () => void leave(signedIn).then((isLeaving) => isLeaving || setSignedIn('out'), setProblem),
    };
  }, [signedIn]);
  const value = useMemo(() => session && { ...session, hasEnded }, [session, hasEnded]);
  if (problem !== undefined) return <SignInProblem problem={problem} />;
  if (signedIn === 'out') return <SignedOut />;
  if (value === undefined) {
    return (
      <Box padding="xxl" textAlign="center" color="text-status-inactive">
        <Spinner /> Signing in
      </Box>
    );
  }
  return <SessionContext value={value}>{children}</SessionContext>;
}

/** Returns the session. Throws outside a SessionProvider. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('useSession must be called inside a SessionProvider');
  return session;
}

/** Clears cached data before signing out, so that the next user cannot see it. */
function leave(signedIn: SignedIn): Promise<boolean> {
  queryClient.clear();
  return signOut(signedIn);
}

let signingIn: Promise<SignedIn> | undefined;

/** React's strict mode runs effects twice, but an authorization code works only once. */
function signInOnce(): Promise<SignedIn> {
  signingIn ??= signIn();
  return signingIn;
}
