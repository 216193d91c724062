import { describe, expect, it } from 'vitest';
import { parseDirectoryQuery } from '../../../core/directory/directory-query.ts';
import { errorCodes } from '../../../core/values/errors.ts';

describe('parseDirectoryQuery', () => {
  it('parses every parameter', () => {
    const raw = 'prefix=Asha%20R&account=222222222222,111111111111&limit=7&cursor=abc';
    expect(parseDirectoryQuery('users', raw)).toEqual({
      list: 'users',
      prefix: 'Asha R',
      accounts: ['111111111111', '222222222222'],
      limit: 7,
      cursor: 'abc',
    });
    expect(parseDirectoryQuery('accounts', '')).toMatchObject({ list: 'accounts', prefix: '', limit: 50 });
  });

  it.each([
    [undefined, '', 'field', 'users, accounts, regions, resources'],
    ['roles', '', 'field', 'users, accounts, regions, resources'],
    ['users', 'q=a', 'q', 'prefix, account, limit, cursor'],
    ['users', 'action=CREATE', 'action', 'prefix, account, limit, cursor'],
    ['accounts', 'account=111111111111', 'account', 'prefix, limit, cursor'],
    ['users', 'prefix=a&prefix=b', 'prefix', 'once'],
    ['users', `prefix=${'a'.repeat(129)}`, 'prefix', '128'],
    ['users', 'account=1', 'account', '12-digit'],
    ['users', 'limit=0', 'limit', '1 to 200'],
    ['users', 'limit=201', 'limit', '1 to 200'],
    ['users', 'cursor=a&cursor=b', 'cursor', 'once'],
  ])('rejects %s?%s, naming %s and the allowed values', (list, raw, field, allowed) => {
    expect(() => parseDirectoryQuery(list, raw)).toThrow(
      expect.objectContaining({
        code: errorCodes.invalidParameter,
        field,
        message: expect.stringContaining(allowed),
      }),
    );
  });
});
