import { ErrorResponse, User } from 'oidc-client-ts';
import { describe, expect, it } from 'vitest';
import { SessionEnded, TokenSource } from '../../../dashboard/src/session/token-source.ts';

function makeUser(token: string, expiresInSeconds: number, refreshToken?: string): User {
  const now = Math.floor(Date.now() / 1000);
  return new User({
    access_token: token,
    token_type: 'Bearer',
    profile: { sub: 'u-4001', iss: 'https://issuer.example', aud: 'page', exp: now + 3600, iat: now },
    expires_at: now + expiresInSeconds,
    ...(refreshToken !== undefined && { refresh_token: refreshToken }),
  });
}

/** A user manager with this user. Counts renewals, whose result is that of `renew`. */
function makeManager(user: User | null, renew: () => Promise<User | null> = async () => null) {
  const manager = { renewals: 0, getUser: async () => user, signinSilent: async () => renew() };
  manager.signinSilent = async () => {
    manager.renewals += 1;
    return renew();
  };
  return manager;
}

describe('TokenSource', () => {
  it('returns the token while it is valid', async () => {
    const manager = makeManager(makeUser('first', 3600, 'refresh'));
    expect(await new TokenSource(manager).getToken()).toBe('first');
    expect(manager.renewals).toBe(0);
  });

  it('renews the token once for concurrent callers, shortly before it expires', async () => {
    const manager = makeManager(makeUser('first', 30, 'refresh'), async () => makeUser('second', 3600));
    const tokens = new TokenSource(manager);
    expect(await Promise.all([tokens.getToken(), tokens.getToken()])).toEqual(['second', 'second']);
    expect(manager.renewals).toBe(1);
  });

  it('uses the old token until it expires when the issuer rejects the renewal', async () => {
    const refuse = async () => {
      throw new ErrorResponse({ error: 'invalid_grant' });
    };
    expect(await new TokenSource(makeManager(makeUser('first', 30, 'spent'), refuse)).getToken()).toBe(
      'first',
    );
    const expired = new TokenSource(makeManager(makeUser('first', -1, 'spent'), refuse));
    await expect(expired.getToken()).rejects.toThrow(SessionEnded);
  });

  it('rejects with SessionEnded when no user is signed in or an expired token cannot be renewed', async () => {
    await expect(new TokenSource(makeManager(null)).getToken()).rejects.toThrow(SessionEnded);
    await expect(new TokenSource(makeManager(makeUser('first', -1))).getToken()).rejects.toThrow(
      SessionEnded,
    );
  });

  it('does not treat a network failure as the end of the session', async () => {
    const manager = makeManager(makeUser('first', -1, 'refresh'), async () => {
      throw new TypeError('Failed to fetch');
    });
    await expect(new TokenSource(manager).getToken()).rejects.toThrow(TypeError);
  });
});
