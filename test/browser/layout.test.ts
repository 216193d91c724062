// The layout of the page: the panel of the open entry, and the menus of the top bar.
import { describe, expect } from 'vitest';
import { entryLinks, entryPanel, waitForRows } from './list-page.ts';
import { it } from './visit.ts';

const orders = '/?resource=orders-d&from=2026-11-01&to=2026-11-20';

describe('the entry panel', () => {
  it('is resized by dragging, with the keyboard, and on click, and keeps its size and position', async ({
    visit,
  }) => {
    const page = await visit({ path: orders });
    await waitForRows(page);
    await entryLinks(page).first().click();
    await entryPanel(page).waitFor();
    const handle = page.getByRole('separator', { name: 'Resize panel' });
    const size = async () => Number(await handle.getAttribute('aria-valuenow'));
    expect(await size()).toBe(480);
    await handle.press('ArrowLeft');
    expect(await size()).toBe(490);
    const box = await handle.boundingBox();
    if (box === null) throw new Error('the handle is not visible');
    await page.mouse.move(box.x + 4, 300);
    await page.mouse.down();
    await page.mouse.move(box.x - 96, 300, { steps: 3 });
    await page.mouse.up();
    expect(await size()).toBe(590);
    // A click chooses the next of a third, half, and two thirds of the window.
    await page.mouse.click(box.x - 96, 300);
    expect(await size()).toBe(720);
    await page.getByRole('button', { name: 'Move panel to the bottom' }).click();
    expect(await handle.getAttribute('aria-orientation')).toBe('horizontal');
    expect(await size()).toBe(400);
    await page.reload();
    await page.getByRole('button', { name: 'Move panel to the side' }).click();
    expect(await size()).toBe(720);
    await page.setViewportSize({ width: 800, height: 900 });
    await expect.poll(size).toBe(520);
    await page.getByRole('button', { name: 'Close entry' }).click();
    await handle.waitFor({ state: 'detached' });
  });

  it('does not cover the row of the open entry when it is at the bottom', async ({ visit }) => {
    const page = await visit();
    await waitForRows(page);
    await entryLinks(page).first().click();
    await page.getByRole('button', { name: 'Move panel to the bottom' }).click();
    for (let entry = 0; entry < 8; entry += 1) await page.keyboard.press('j');
    const id = new URL(page.url()).pathname;
    const row = await page.locator('tbody tr', { has: page.locator(`a[href^="${id}"]`) }).boundingBox();
    const panel = await page
      .getByRole('region')
      .filter({ has: entryPanel(page) })
      .boundingBox();
    expect((row?.y ?? 0) + (row?.height ?? 0)).toBeLessThanOrEqual(panel?.y ?? 0);
  });
});

describe('a menu of the top bar', () => {
  it('is used with the keyboard', async ({ visit }) => {
    const page = await visit({ path: orders });
    await waitForRows(page);
    const button = page.getByRole('button', { name: /^Theme/ });
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    await button.press('ArrowDown');
    expect(await focused()).toBe('System default');
    await page.keyboard.press('ArrowUp');
    expect(await focused()).toBe('Dark');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Theme: Dark' }).waitFor();
    expect(await page.getByRole('menu').count()).toBe(0);
    await page.keyboard.press('Enter');
    expect(await focused()).toBe('Dark');
    await page.keyboard.press('Escape');
    expect(await page.getByRole('menu').count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Theme: Dark');
  });

  it('closes when the user presses Tab or clicks elsewhere', async ({ visit }) => {
    const page = await visit({ path: orders });
    await waitForRows(page);
    const menu = page.getByRole('menu', { name: 'Time zone' });
    await page.getByRole('button', { name: /^Time zone/ }).click();
    await menu.waitFor();
    await page.keyboard.press('Tab');
    await menu.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^Time zone/ }).click();
    await menu.waitFor();
    await page.getByRole('heading', { name: /^Request Logs/ }).click();
    await menu.waitFor({ state: 'detached' });
  });
});
