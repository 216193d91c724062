// Stores authorization codes and refresh tokens of the local issuer in memory. Each can be used once.
import { createHash, randomBytes } from 'node:crypto';

/** The persona that signed in, and the client and scope of the sign-in. */
export interface Grant {
  readonly persona: string;
  readonly clientId: string;
  readonly scope: string;
  /** Seconds since 1970 when the persona was chosen. */
  readonly authTime: number;
  readonly nonce?: string | undefined;
}

/** A grant whose code has not been exchanged. */
export interface PendingGrant extends Grant {
  readonly redirectUri: string;
  /** SHA-256 of the code verifier, base64url (`S256`). */
  readonly codeChallenge: string;
}

/** Lifetime of a code. A browser exchanges it within about a second. */
const codeLifetimeMillis = 60_000;
/** Lifetime of a refresh token: one day. */
const refreshLifetimeMillis = 24 * 60 * 60_000;
/** Bounds the memory. When it is reached, the oldest grant is deleted. */
const maxGrants = 1_000;

export type Grants = ReturnType<typeof createGrants>;

/** `now` in milliseconds since 1970. */
export function createGrants(now: () => number = Date.now) {
  const codes = createOneTimeStore<PendingGrant>(codeLifetimeMillis, now);
  const refreshTokens = createOneTimeStore<Grant>(refreshLifetimeMillis, now);
  return {
    issueCode: codes.put,
    /** Returns the grant of a code and invalidates the code. */
    takeCode: codes.take,
    issueRefreshToken: refreshTokens.put,
    /** Returns the grant of a refresh token and invalidates the token. */
    takeRefreshToken: refreshTokens.take,
  };
}

/** Whether the challenge was derived from the verifier (RFC 7636, S256). */
export function provesChallenge(verifier: string, challenge: string): boolean {
  return createHash('sha256').update(verifier).digest('base64url') === challenge;
}

function createOneTimeStore<Value>(lifetimeMillis: number, now: () => number) {
  const kept = new Map<string, { value: Value; endsAt: number }>();
  return {
    put(value: Value): string {
      const [oldest] = kept.keys();
      if (kept.size >= maxGrants && oldest !== undefined) kept.delete(oldest);
      const secret = randomBytes(32).toString('base64url');
      kept.set(secret, { value, endsAt: now() + lifetimeMillis });
      return secret;
    },
    take(secret: string): Value | undefined {
      const found = kept.get(secret);
      kept.delete(secret);
      return found !== undefined && now() < found.endsAt ? found.value : undefined;
    },
  };
}
