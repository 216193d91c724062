// Logged searches contain no secrets, but still show what was searched for.
import { describe, expect, it } from 'vitest';
import { redactFilters } from '../../../functions/shared/redact-filters.ts';

describe('redactFilters', () => {
  it('redacts a secret in a filter', async () => {
    const key = `AKIA${'Q7'.repeat(8)}`;
    const logged = await redactFilters({ prefix: `${key} `, resource: ['orders-d', key] });
    expect(JSON.stringify(logged)).not.toContain(key);
    expect(logged.resource?.[0]).toBe('orders-d');
  });

  it('keeps all other values unchanged', async () => {
    const filters = {
      environment: ['prod'],
      user: ['u-2077', 'u-1042'],
      prefix: 'asha',
      accounts: undefined,
    };
    expect(await redactFilters(filters)).toEqual(filters);
  });
});
