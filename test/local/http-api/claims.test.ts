import { describe, expect, it } from 'vitest';
import { readCaller } from '../../../core/access/caller.ts';
import { defaultIdentityClaims } from '../../../core/access/identity-claims.ts';
import { flattenClaims } from '../../../local/http-api/claims.ts';

describe('flattenClaims', () => {
  it('converts every claim to a string, as API Gateway does', () => {
    expect(
      flattenClaims({
        sub: 'u-1',
        iat: 1_762_000_000,
        admin: true,
        groups: ['a', 'b'],
        empty: [],
        nested: { b: [1, 2], a: 'x' },
      }),
    ).toEqual({
      sub: 'u-1',
      iat: '1762000000',
      admin: 'true',
      groups: '[a b]',
      empty: '[]',
      nested: 'map[a:x b:[1 2]]',
    });
  });

  it('formats a list of accounts as the API reads it', () => {
    const claims = flattenClaims({ sub: 'u', organization: 'acme', role: 'Admin', accounts: ['1', '2'] });
    expect(readCaller(claims, defaultIdentityClaims).accounts).toEqual(['1', '2']);
  });
});
