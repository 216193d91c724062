// The time range: clock changes, open ranges, and a computer whose clock is wrong.
import { describe, expect } from 'vitest';
import { uniqueName, update } from './events.ts';
import { addressOf, entryLinks, parametersOf, waitForRows } from './list-page.ts';
import { emit } from './running-stack.ts';
import { it, url } from './visit.ts';

describe('the time range', () => {
  it('covers the whole local day on which the clocks change', async ({ visit }) => {
    const page = await visit({ path: '/?from=2026-11-01', timezoneId: 'Australia/Sydney' });
    await waitForRows(page);
    await page.getByRole('button', { name: /Time range/ }).click();
    await page.getByRole('textbox', { name: 'Start date' }).fill('2026-04-05');
    await page.getByRole('textbox', { name: 'Start time' }).fill('00:00:00');
    await page.getByRole('textbox', { name: 'End date' }).fill('2026-04-05');
    await page.getByRole('textbox', { name: 'End time' }).fill('23:59:59');
    await page.getByRole('button', { name: 'Apply' }).click();
    await expect
      .poll(() => parametersOf(addressOf(page)))
      .toEqual({ from: '2026-04-04T13:00:00.000Z', to: '2026-04-05T13:59:59.999Z' });
  });

  it.for(['from=2026-11-01T00:00:00Z', 'to=2026-11-29', 'from=2026-04-04T15:30:00.250Z&to=2026-11-29'])(
    'does not change when it is applied unchanged: %s',
    async (query, { visit }) => {
      const page = await visit({ path: `/?${query}`, timezoneId: 'Australia/Sydney' });
      await waitForRows(page);
      await page.getByRole('button', { name: /Time range/ }).click();
      await page.getByRole('button', { name: 'Apply' }).click();
      await expect.poll(() => page.getByRole('button', { name: 'Apply' }).count()).toBe(0);
      expect(parametersOf(addressOf(page))).toEqual(parametersOf(`?${query}`));
    },
  );

  it('can be opened at its end', async ({ visit }) => {
    const page = await visit({ path: '/?from=2026-11-01&to=2026-11-20' });
    await waitForRows(page);
    await page.getByRole('button', { name: /Time range/ }).click();
    await page.getByRole('button', { name: 'No end' }).click();
    await page.getByRole('button', { name: 'Apply' }).click();
    await expect.poll(() => addressOf(page)).toBe('/?from=2026-11-01');
  });

  it('can be a calendar week, without typing a date', async ({ visit }) => {
    const page = await visit({ timezoneId: 'Australia/Sydney' });
    await waitForRows(page);
    await page.getByRole('button', { name: /Time range/ }).click();
    await page.getByText('Absolute range', { exact: true }).click();
    await page.getByRole('button', { name: 'Last week' }).click();
    await page.getByRole('button', { name: 'Apply' }).click();
    await expect.poll(() => addressOf(page)).toContain('from=');
    const { from = '', to = '' } = parametersOf(addressOf(page));
    const timeZone = 'Australia/Sydney';
    const formatLocal = (time: string) => {
      const at = new Date(time);
      return `${at.toLocaleDateString('en', { weekday: 'long', timeZone })} ${at.toLocaleTimeString('en-GB', { timeZone })}`;
    };
    expect([formatLocal(from), formatLocal(to)]).toEqual(['Monday 00:00:00', 'Sunday 23:59:59']);
    expect(Date.parse(to)).toBeLessThan(Date.now());
  });

  it('of recording is a filter, as in the API', async ({ visit }) => {
    const path = '/?recordedFrom=2026-11-05';
    const page = await visit({ path });
    await waitForRows(page);
    const [request] = await Promise.all([
      page.waitForRequest((one) => one.url().includes('/request-logs?')),
      page.getByRole('button', { name: 'Refresh' }).click(),
    ]);
    expect(request.url()).toContain('recordedFrom=2026-11-05');
    await page.getByRole('button', { name: 'Remove filter, Recorded since equals 2026-11-05' }).click();
    await expect.poll(() => addressOf(page)).toBe('/');
  });

  it("uses the server's clock for relative ranges, and warns about the computer's", async ({ visit }) => {
    const name = uniqueName('clock');
    await emit(url, [update(name)]);
    const page = await visit({
      path: `/?resource=${name}&last=15m`,
      prepare: (context) => context.clock.install({ time: Date.now() + 20 * 60_000 }),
    });
    await expect.poll(() => entryLinks(page).count()).toBe(1);
    await page
      .getByText(/Your computer's clock is (19|20) min ahead of the server's/)
      .first()
      .waitFor();
  });
});
