import { describe, expect, it } from 'vitest';
import {
  type Caller,
  canSeeAccount,
  readCaller,
  requireAllAccounts,
  requirePermission,
} from '../../../core/access/caller.ts';
import { defaultIdentityClaims, identityClaimsSchema } from '../../../core/access/identity-claims.ts';
import { errorCodes } from '../../../core/values/errors.ts';
import { makeCaller } from '../../support/fixtures.ts';

const claims = { sub: 'u-1', organization: 'acme', role: 'Auditor' };
const read = (given: Record<string, unknown>) => readCaller(given, defaultIdentityClaims);

describe('readCaller', () => {
  it('returns the user, organization and role of the claims, without an account limit if they name none', () => {
    expect(read(claims)).toEqual({
      userId: 'u-1',
      organizationId: 'acme',
      role: 'Auditor',
      accounts: undefined,
    });
  });

  it('reads the claims that the settings name, and no others', () => {
    const names = identityClaimsSchema.parse({
      user: 'uid',
      organization: 'org',
      role: 'r',
      accounts: 'acc',
    });
    const given = { uid: 'u-2', org: 'globex', r: 'Admin', acc: '[1 2]', ...claims, accounts: '*' };
    expect(readCaller(given, names)).toEqual({
      userId: 'u-2',
      organizationId: 'globex',
      role: 'Admin',
      accounts: ['1', '2'],
    });
  });

  it.each([
    ['*', undefined],
    ['', []],
    ['none', []],
    ['111111111111', ['111111111111']],
    [111111111111, ['111111111111']],
    [null, ['null']],
  ])('limits the caller by the accounts claim %j', (accounts, limit) => {
    expect(read({ ...claims, accounts }).accounts).toEqual(limit);
  });

  it.each([
    ['no user', { ...claims, sub: undefined }, 'the token has no claim sub'],
    ['an empty role', { ...claims, role: '' }, 'the token has no claim role'],
    ['a role that is not text', { ...claims, role: ['Admin'] }, 'the token has no claim role'],
    ['no organization', { sub: 'u-1', role: 'Auditor' }, 'the token has no claim organization'],
    [
      'a malformed organization',
      { ...claims, organization: 'acme#globex' },
      "the token's claim organization must be an organization ID",
    ],
    ['an inherited claim', Object.create(claims), 'the token has no claim organization'],
  ])('rejects a token with %s', (_case, given, message) => {
    expect(() => read(given)).toThrow(expect.objectContaining({ code: errorCodes.forbidden, message }));
  });
});

describe('canSeeAccount', () => {
  it('allows all accounts without a limit, and otherwise only those of the limit', () => {
    const seen = (accounts: Caller['accounts']) =>
      ['1', '2'].filter((account) => canSeeAccount({ ...makeCaller(), accounts }, account));
    expect([seen(undefined), seen(['2']), seen([])]).toEqual([['1', '2'], ['2'], []]);
  });
});

describe('requireAllAccounts', () => {
  it('rejects every caller with an account limit, also an empty one', () => {
    expect(() => requireAllAccounts({ ...makeCaller(), accounts: undefined })).not.toThrow();
    for (const accounts of [[], ['111111111111']]) {
      expect(() => requireAllAccounts({ ...makeCaller(), accounts })).toThrow(
        expect.objectContaining({
          code: errorCodes.forbidden,
          message: 'this request is not available to callers who are limited to AWS accounts',
        }),
      );
    }
  });
});

describe('requirePermission', () => {
  const roleMap = { Auditor: ['request-logs:read'], Admin: ['*'], Viewer: [] };
  const check = (role: string) => () =>
    requirePermission({ ...makeCaller(), role }, roleMap, 'request-logs:read');

  it.each(['Auditor', 'Admin'])('allows the role %s, which grants the permission', (role) => {
    expect(check(role)).not.toThrow();
  });

  it.each(['Viewer', 'Unknown', 'toString'])('rejects the role %s, and names the permission', (role) => {
    expect(check(role)).toThrow(
      expect.objectContaining({
        code: errorCodes.forbidden,
        field: 'request-logs:read',
        message: `this request needs permission request-logs:read, which role ${role} does not grant`,
      }),
    );
  });
});
