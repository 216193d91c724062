// The page of the history of a service or resource.
import { describe, expect } from 'vitest';
import { addressOf, waitForRows } from './list-page.ts';
import { it } from './visit.ts';

describe('the history of a target', () => {
  it('opens from the list, shows the state at a moment, and compares two moments', async ({ visit }) => {
    const page = await visit({ path: '/?resource=orders-d&from=2026-11-01&to=2026-11-20' });
    await waitForRows(page);
    await page.getByRole('link', { name: 'History of orders-d' }).first().click();
    await page.getByRole('heading', { name: 'History of orders-d', level: 1 }).waitFor();
    expect(addressOf(page)).toContain('/history?target=res-2b71');
    await page.getByText('"db.t4g.medium"').first().waitFor();
    // A step back: the state before the last action.
    await page.getByRole('slider').focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => addressOf(page)).toContain('at=');
    await page.getByText('Compare two moments').click();
    await page.getByRole('heading', { name: 'Comparison' }).waitFor();
    expect(addressOf(page)).toContain('from=');
  });

  it('shows the end of a day that is chosen in the calendar', async ({ visit }) => {
    const page = await visit({ path: '/history?target=res-2b71' });
    await page.getByText('"db.t4g.medium"').first().waitFor();
    await page.getByRole('button', { name: /^Choose a date/ }).click();
    await page.getByRole('gridcell', { name: 'November 8, 2026' }).click();
    await expect
      .poll(() => new URL(page.url()).searchParams.get('at'))
      .toMatch(/^2026-11-08T23:59:59\.999Z$/);
    await page.getByText('"db.t4g.micro"').first().waitFor();
  });

  it('says when there is no such target', async ({ visit }) => {
    const page = await visit({ path: '/history?target=never-was', expected: /404/ });
    await page
      .getByText(/never-was/)
      .first()
      .waitFor();
    expect(await page.getByRole('heading', { name: 'Timeline' }).count()).toBe(0);
  });
});
