// Who is signed in. Nothing else of the page is shown before somebody is.
import Box from '@cloudscape-design/components/box';
import Spinner from '@cloudscape-design/components/spinner';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { queryClient } from '../network/query-client.ts';
import { type Access, readAccess } from './access.ts';
import { redirectToIssuer, type SignedIn, signIn, signOut } from './sign-in.ts';
import { SignInProblem } from './sign-in-problem.tsx';
import { SignedOut } from './signed-out.tsx';
import { SessionEnded, TokenSource } from './token-source.ts';

export interface Session {
  /** Name, or id where the issuer tells none. */
  readonly userName: string;
  /** What the sign-in says of their role, organisation and accounts. */
  readonly access: Access;
  /** Whether requests are refused until somebody signs in again. */
  readonly hasEnded: boolean;
  /** A token for a request. Fails with SessionEnded. */
  readonly getToken: () => Promise<string>;
  /** Says that the API took the token for none. */
  readonly reportRefusal: () => void;
  /** Goes to the issuer and comes back to what is shown now. */
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
      userName: user.profile.name ?? user.profile.email ?? user.profile.sub,
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

/** The session. Fails outside of SessionProvider. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('useSession needs a SessionProvider around it');
  return session;
}

/** Nothing that was read stays behind for who comes next. */
function leave(signedIn: SignedIn): Promise<boolean> {
  queryClient.clear();
  return signOut(signedIn);
}

let signingIn: Promise<SignedIn> | undefined;

/** React's strict mode runs effects twice, and a code is good once. */
function signInOnce(): Promise<SignedIn> {
  signingIn ??= signIn();
  return signingIn;
}
