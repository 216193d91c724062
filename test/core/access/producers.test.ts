import { describe, expect, it } from 'vitest';
import { canProduce, producersSchema } from '../../../core/access/producers.ts';

const producers = producersSchema.parse([
  { account: '111111111111', organizations: ['acme', 'globex'] },
  { account: '222222222222', organizations: '*' },
  { account: '111111111111', organizations: ['initech'] },
]);

describe('canProduce', () => {
  it.each([
    ['111111111111', 'globex', true],
    ['111111111111', 'initech', true],
    ['111111111111', 'hooli', false],
    ['222222222222', 'hooli', true],
    ['333333333333', 'acme', false],
  ])('for account %s and organization %s returns %s', (account, organizationId, expected) => {
    expect(canProduce(producers, account, organizationId)).toBe(expected);
  });

  it('rejects every account without producers', () => {
    expect(canProduce([], '111111111111', 'acme')).toBe(false);
  });
});

describe('producersSchema', () => {
  it.each([
    [{ account: '1', organizations: '*' }],
    [{ account: '111111111111', organizations: [] }],
    [{ account: '111111111111', organizations: 'acme' }],
    [{ account: '111111111111', organizations: ['acme#1'] }],
    [{ account: '111111111111' }],
    [{ account: '111111111111', organizations: '*', more: true }],
  ])('rejects %j', (producer) => {
    expect(producersSchema.safeParse([producer]).success).toBe(false);
  });
});
