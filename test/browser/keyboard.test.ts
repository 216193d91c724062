// The page without a mouse.
import { describe, expect } from 'vitest';
import { addressOf, entryLinks, entryPanel, waitForRows } from './list-page.ts';
import { it } from './visit.ts';

const orders = '/?resource=orders-d&from=2026-11-01&to=2026-11-20';

describe('the keyboard', () => {
  it('moves between rows with j and k, opens with Enter, moves while open, and closes with Esc', async ({
    visit,
  }) => {
    const page = await visit({ path: orders });
    await waitForRows(page);
    const hrefs = await entryLinks(page).evaluateAll((links) =>
      links.map((link) => link.getAttribute('href')),
    );
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('href'));
    await page.keyboard.press('j');
    expect(await focused()).toBe(hrefs[0]);
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    expect(await focused()).toBe(hrefs[1]);
    await page.keyboard.press('Enter');
    await entryPanel(page).getByRole('button', { name: 'Copy', exact: true }).waitFor();
    expect(addressOf(page)).toBe(hrefs[1]);
    // Screen readers announce the heading first.
    const heading = page.getByRole('heading', { name: /orders-d/ });
    await expect.poll(() => heading.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('j');
    await expect.poll(() => addressOf(page)).toBe(hrefs[2]);
    await page.keyboard.press('Escape');
    await expect.poll(() => addressOf(page)).toBe(orders);
    await expect.poll(focused).toBe(hrefs[2]);
  });

  it('moves past the last loaded entry with j', async ({ visit }) => {
    const page = await visit();
    await waitForRows(page);
    const links = entryLinks(page);
    const count = await links.count();
    // A real click would scroll, which loads more by itself.
    await links.last().dispatchEvent('click');
    await entryPanel(page).getByRole('button', { name: 'Copy', exact: true }).waitFor();
    await expect.poll(() => links.count()).toBeGreaterThan(count);
    const next = await links.nth(count).getAttribute('href');
    await page.keyboard.press('j');
    await expect.poll(() => addressOf(page)).toBe(next);
  });

  it('moves to the filter with /, where shortcut letters are text', async ({ visit }) => {
    const page = await visit({ path: orders });
    await waitForRows(page);
    await page.keyboard.press('/');
    await page.keyboard.type('jk?/');
    expect(await page.getByRole('combobox', { name: 'Filter entries' }).inputValue()).toBe('jk?/');
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(addressOf(page)).toBe(orders);
  });

  it('moves from the filter to the first row with Escape', async ({ visit }) => {
    const page = await visit({ path: orders });
    await waitForRows(page);
    const first = await entryLinks(page).first().getAttribute('href');
    await page.keyboard.press('/');
    await expect
      .poll(async () => {
        await page.keyboard.press('Escape');
        return page.evaluate(() => document.activeElement?.getAttribute('href'));
      })
      .toBe(first);
    expect(addressOf(page)).toBe(orders);
  });

  it('opens the help with ?, and closes it with Esc', async ({ visit }) => {
    const page = await visit({ path: orders });
    await waitForRows(page);
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts and filters' });
    await dialog.getByText('Go to the filter').waitFor();
    const text = await dialog.innerText();
    for (const key of ['/', 'j', 'k', 'Enter', 'Escape', '?']) expect(text).toContain(key);
    expect(text).toContain('choose Copy link in the entry');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(addressOf(page)).toBe(orders);
  });

  it('reaches every control with Tab, each with a name', async ({ visit }) => {
    const page = await visit({ path: orders });
    await waitForRows(page);
    const names: string[] = [];
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press('Tab');
      names.push(
        await page.evaluate(() => {
          const element = document.activeElement;
          return `${element?.getAttribute('aria-label') ?? ''} ${element?.textContent ?? ''}`.trim();
        }),
      );
    }
    const text = names.join('\n');
    for (const name of ['Time zone', 'Export', 'Refresh', 'Delete', 'Denied', 'Preferences', 'orders-d'])
      expect(text).toContain(name);
  });

  it('announces the result of a search to screen readers', async ({ visit }) => {
    const page = await visit({ path: '/?resource=never-was' });
    await expect
      .poll(() => page.locator('[aria-live]').allTextContents())
      .toContainEqual(expect.stringContaining('No entries match'));
    await page.getByRole('table', { name: 'Entries' }).waitFor({ state: 'attached' });
  });
});
