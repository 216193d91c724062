// From an entry to other searches.
import { describe, expect } from 'vitest';
import { addressOf, entryLinks, rowOf, waitForRows } from './list-page.ts';
import { it } from './visit.ts';

const orders = '/?resource=orders-d&from=2026-11-01&to=2026-11-20';

describe('pivots', () => {
  it('open by keyboard with all values, copy one, and give the focus back', async ({ visit }) => {
    const page = await visit({ path: orders, permissions: ['clipboard-read', 'clipboard-write'] });
    await waitForRows(page);
    await page.keyboard.press('j');
    // Past the link to the history.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const panel = page.getByRole('dialog', { name: 'Filter by values of orders-d' });
    await panel.getByRole('button', { name: 'Include Environment prod' }).waitFor();
    await panel.getByRole('button', { name: 'Copy Target ID res-2b71' }).click();
    await panel.getByText('Copied Target ID').first().waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('res-2b71');
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    await expect.poll(focused).toBe('Filter by values of orders-d');
    expect(addressOf(page)).toBe(orders);
  });

  it('exclude the value of a cell', async ({ visit }) => {
    const page = await visit({ path: orders });
    await waitForRows(page);
    const cell = rowOf(page, 'orders-d').locator('td, th').filter({ hasText: 'Ben Okafor' }).first();
    await cell.hover();
    await cell.getByRole('button').click();
    await page.getByRole('button', { name: 'Exclude User Ben Okafor' }).click();
    await expect.poll(() => addressOf(page)).toContain('user=%21u-2077');
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  it('lead to what changed before an entry, nearest first, by target', async ({ visit }) => {
    const page = await visit({ path: `${orders}&action=UPDATE` });
    await waitForRows(page);
    await page.keyboard.press('j');
    // Past the link to the history.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /What changed in the hour before/ }).click();
    await page.getByText(/for 1 target before .*, nearest first/).waitFor();
    await page.getByRole('heading', { name: 'orders-d', level: 2 }).waitFor();
    expect(await entryLinks(page).first().textContent()).toBe('at that time');
    await page.getByRole('button', { name: 'Group by target' }).click();
    await page.getByRole('columnheader', { name: /Time/ }).waitFor();
  });
});
