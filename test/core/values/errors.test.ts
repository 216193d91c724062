import { describe, expect, it } from 'vitest';
import { errorCodes, invalidParameter, RequestLogsError } from '../../../core/values/errors.ts';

describe('RequestLogsError', () => {
  it('has a code, a message and a name, and what caused it', () => {
    const cause = new Error('reset');
    const candidates = [{ account: '1', region: 'eu-west-1', type: 'rds' }];
    const error = new RequestLogsError(errorCodes.storeUnavailable, 'no answer', {
      field: 'id',
      cause,
      candidates,
    });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: 'RequestLogsError',
      code: 'STORE_UNAVAILABLE',
      message: 'no answer',
    });
    expect([error.field, error.cause, error.candidates]).toEqual(['id', cause, candidates]);
    const plain = new RequestLogsError(errorCodes.notFound, 'none');
    expect([plain.field, plain.candidates, Object.hasOwn(plain, 'cause')]).toEqual([
      undefined,
      undefined,
      false,
    ]);
  });

  it('of an invalid parameter names the parameter', () => {
    expect(invalidParameter('limit', 'must be a number')).toMatchObject({
      code: 'INVALID_PARAMETER',
      field: 'limit',
      message: 'limit must be a number',
    });
  });
});
