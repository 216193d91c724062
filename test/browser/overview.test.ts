// The overview above the list: numbers that filter, the time range by mouse and keyboard, and the closed strip.
import { describe, expect } from 'vitest';
import { addressOf, parametersOf, waitForRows } from './list-page.ts';
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

  it('sets the time range by dragging, and with the keyboard', async ({ visit }) => {
    const page = await visit({ path });
    const chart = page.getByRole('slider', { name: /^Entries over time/ });
    await chart.waitFor();
    // The list below can still move the strip while it loads.
    await waitForRows(page);
    const box = await chart.boundingBox();
    if (box === null) throw new Error('the histogram is not visible');
    const [left, middle] = [box.x + box.width / 60, box.y + box.height / 2];
    await page.mouse.move(left, middle);
    await page.mouse.down();
    await page.mouse.move(left + box.width / 2, middle, { steps: 4 });
    await page.mouse.up();
    await expect
      .poll(() => parametersOf(addressOf(page)))
      .toEqual({ from: '2026-11-01T00:00:00.000Z', to: '2026-11-16T23:59:59.999Z' });

    await page.locator('[role="slider"][aria-valuemax="15"]').focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => parametersOf(addressOf(page)))
      .toEqual({ from: '2026-11-01T00:00:00.000Z', to: '2026-11-02T23:59:59.999Z' });
  });

  it('shows the same numbers as a table, whose times set the range', async ({ visit }) => {
    const page = await visit({ path });
    await page.getByText('Table', { exact: true }).click();
    const table = page.getByRole('region', { name: 'Entries over time' });
    const time = table.getByRole('button').first();
    const day = await time.innerText();
    await time.click();
    await expect
      .poll(() => parametersOf(addressOf(page)))
      .toEqual({ from: `${day}T00:00:00.000Z`, to: `${day}T23:59:59.999Z` });
  });

  it('sends no request while it is closed, and stays closed', async ({ visit }) => {
    const page = await visit({ path });
    await page.getByRole('slider').waitFor();
    await page.getByRole('heading', { name: 'Overview' }).click();
    // The browser reports the closed strip to the page in a later task, which stores it.
    await page.getByRole('slider').waitFor({ state: 'detached' });
    let requests = 0;
    page.on('request', (request) => {
      if (request.url().includes('/request-logs/summary')) requests++;
    });
    await page.reload();
    await waitForRows(page);
    expect([await page.getByRole('slider').count(), requests]).toEqual([0, 0]);
    // It opens again, and counts.
    await page.getByRole('heading', { name: 'Overview' }).click();
    await page.getByRole('slider').waitFor();
  });
});
