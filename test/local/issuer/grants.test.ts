import { describe, expect, it } from 'vitest';
import { createGrants } from '../../../local/issuer/grants.ts';

const pending = {
  persona: 'admin',
  clientId: 'dashboard',
  scope: 'openid',
  authTime: 0,
  redirectUri: 'http://localhost/callback',
  codeChallenge: 'x',
};

describe('createGrants', () => {
  it('expires a code after a minute', () => {
    let now = 0;
    const grants = createGrants(() => now);
    const [early, late] = [grants.issueCode(pending), grants.issueCode(pending)];
    now = 59_999;
    expect(grants.takeCode(early)).toEqual(pending);
    now = 60_000;
    expect(grants.takeCode(late)).toBeUndefined();
  });

  it('keeps only the latest 1,000 codes', () => {
    const grants = createGrants();
    const codes = Array.from({ length: 1_001 }, () => grants.issueCode(pending));
    expect(grants.takeCode(codes[0] ?? '')).toBeUndefined();
    expect(grants.takeCode(codes[1] ?? '')).toEqual(pending);
  });

  it('rejects a refresh token in place of a code', () => {
    const grants = createGrants();
    expect(grants.takeCode(grants.issueRefreshToken(pending))).toBeUndefined();
  });
});
