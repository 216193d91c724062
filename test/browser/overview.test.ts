// The overview above the list: numbers that filter.
import { describe, expect } from 'vitest';
import { addressOf, waitForRows } from './list-page.ts';
import { it } from './visit.ts';

const path = '/?from=2026-11-01&to=2026-11-30';

describe('the overview', () => {
  it('counts the search, and filters with a click on a list', async ({ visit }) => {
    const page = await visit({ path });
    const users = page.getByRole('region', { name: 'Users' });
    await users.getByRole('button').first().click();
    await expect.poll(() => addressOf(page)).toMatch(/[?&]user=/);
    await users.getByRole('button', { name: /^Remove the filter/ }).waitFor();
    await waitForRows(page);
  });
});
