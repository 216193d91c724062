// What the local issuer has promised: codes to be exchanged and refresh tokens. In memory; each is good once.
import { createHash, randomBytes } from 'node:crypto';

/** Who signed in, for whom. */
export interface Grant {
  readonly persona: string;
  readonly clientId: string;
  readonly scope: string;
  /** Seconds since 1970 when the persona was chosen. */
  readonly authTime: number;
  readonly nonce?: string | undefined;
}

/** A grant whose code waits to be exchanged. */
export interface PendingGrant extends Grant {
  readonly redirectUri: string;
  /** `S256`: the SHA-256 of the code verifier, base64url. */
  readonly codeChallenge: string;
}

/** A code lives a minute: a browser exchanges it within a second or so. */
const codeMillis = 60_000;
/** As long as a day of trying things out. */
const refreshMillis = 24 * 60 * 60_000;
/** More would be somebody filling the memory; the oldest goes. */
const maxKept = 1_000;

export type Grants = ReturnType<typeof createGrants>;

/** `now` in milliseconds since 1970. */
export function createGrants(now: () => number = Date.now) {
  const codes = createOneTimeStore<PendingGrant>(codeMillis, now);
  const refreshTokens = createOneTimeStore<Grant>(refreshMillis, now);
  return {
    issueCode: codes.put,
    /** The code's grant; the code is spent, whatever comes of it. */
    takeCode: codes.take,
    issueRefreshToken: refreshTokens.put,
    /** The token's grant; the token is spent and the answer carries the next one. */
    takeRefreshToken: refreshTokens.take,
  };
}

/** Whether the verifier is the one that the challenge was made from (RFC 7636, S256). */
export function provesChallenge(verifier: string, challenge: string): boolean {
  return createHash('sha256').update(verifier).digest('base64url') === challenge;
}

function createOneTimeStore<Value>(lifeMillis: number, now: () => number) {
  const kept = new Map<string, { value: Value; endsAt: number }>();
  return {
    put(value: Value): string {
      const [oldest] = kept.keys();
      if (kept.size >= maxKept && oldest !== undefined) kept.delete(oldest);
      const secret = randomBytes(32).toString('base64url');
      kept.set(secret, { value, endsAt: now() + lifeMillis });
      return secret;
    },
    take(secret: string): Value | undefined {
      const found = kept.get(secret);
      kept.delete(secret);
      return found !== undefined && now() < found.endsAt ? found.value : undefined;
    },
  };
}
