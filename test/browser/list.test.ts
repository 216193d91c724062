// The list: what it shows, how it is searched, and that the address holds all of it.
import { describe, expect } from 'vitest';
import { uniqueName, update } from './events.ts';
import { addressOf, entryLinks, rowOf, shownText, waitForRows } from './list-page.ts';
import { emit } from './running-stack.ts';
import { it, people, url } from './visit.ts';

const samples = '/?from=2026-11-01&to=2026-11-20';

describe('the list', () => {
  it('says when, what, to what, by whom, where, what changed, and a verdict that is not plain', async ({
    visit,
  }) => {
    const page = await visit({ path: `${samples}&resource=orders-d` });
    await waitForRows(page);
    const headers = await page.locator('thead').first().innerText();
    for (const header of [
      'Time (UTC)',
      'Action',
      'Target',
      'User and role',
      'Account and region',
      'What changed',
    ])
      expect(headers).toContain(header);
    const rows = await page.locator('tbody tr').allInnerTexts();
    const grown = rows.find((row) => row.includes('db.t4g.micro'));
    expect(grown).toMatch(
      /2026-11-09 13:27:18[\s\S]+Update[\s\S]+orders-d[\s\S]+RDS PostgreSQL[\s\S]+Ben Okafor[\s\S]+Developer[\s\S]+123456789012[\s\S]+eu-west-1[\s\S]+instanceClass: db\.t4g\.micro → db\.t4g\.medium, \+\d/,
    );
    expect(grown).not.toMatch(/Permitted/);
    expect(rows.find((row) => row.includes('2026-11-15 11:05:00'))).toContain('Delete denied');
    // Newest first.
    const times = rows.flatMap((row) => /20\d\d-\d\d-\d\d \d\d:\d\d:\d\d/.exec(row) ?? []);
    expect(times).toEqual([...times].sort().reverse());
  });

  it('tells what was only tried from what was done, without the column of verdicts', async ({ visit }) => {
    const name = uniqueName('refused');
    const authorization = { permission: 'resource:update', decision: 'DENIED' };
    await emit(url, [update(name, { detail: { authorization } })]);
    const page = await visit({ path: `/?resource=${name}` });
    await waitForRows(page);
    expect(await rowOf(page, name).innerText()).toMatch(/Update denied[\s\S]+Not done:\s+instanceClass/);
    expect(await page.locator('thead').first().innerText()).not.toContain('Verdict');
    await page.getByRole('link', { name: `${name}, denied Update by Ben Okafor: open the entry` }).waitFor();
  });

  it('marks what was recorded long after it happened as late', async ({ visit }) => {
    const name = uniqueName('late');
    await emit(url, [update(name, { occurredAt: new Date(Date.now() - 3 * 3_600_000).toISOString() })]);
    const page = await visit({ path: `/?resource=${name}` });
    await waitForRows(page);
    expect(await rowOf(page, name).innerText()).toContain('late by 3 h');
  });

  it('loads further pages on scrolling, each entry once', async ({ visit }) => {
    const page = await visit({ path: '/?last=31d' });
    await waitForRows(page);
    await expect.poll(() => entryLinks(page).count()).toBeGreaterThanOrEqual(50);
    await page.mouse.move(700, 600);
    await expect
      .poll(async () => {
        await page.mouse.wheel(0, 20_000);
        return entryLinks(page).count();
      })
      .toBeGreaterThan(150);
    const hrefs = await entryLinks(page).evaluateAll((links) =>
      links.map((link) => link.getAttribute('href')),
    );
    expect(new Set(hrefs).size).toBe(hrefs.length);
  });

  it('shows times in the local zone or in UTC, and remembers which', async ({ visit }) => {
    const page = await visit({ path: `${samples}&resource=orders-d`, timezoneId: 'Asia/Kolkata' });
    await waitForRows(page);
    await shownText(page, '2026-11-09 18:57:18').waitFor();
    await page.getByRole('button', { name: /^Time zone/ }).click();
    await page.getByRole('menuitemcheckbox', { name: 'UTC', exact: true }).click();
    await shownText(page, '2026-11-09 13:27:18').waitFor();
    await page.reload();
    await shownText(page, '2026-11-09 13:27:18').waitFor();
  });

  it('names the zone of its times, since the offset is not the same for all', async ({ visit }) => {
    const page = await visit({ path: `${samples}&resource=orders-d`, timezoneId: 'America/New_York' });
    await waitForRows(page);
    expect(await page.locator('thead').first().innerText()).toContain('Time (America/New_York)');
    await page.getByRole('button', { name: 'Time zone: Local time (America/New_York)' }).waitFor();
    await page.getByRole('button', { name: /Range of time/ }).click();
    await shownText(page, 'Dates as 2026-11-05, times as 16:40:51, both in America/New_York.').waitFor();
  });

  it('remembers columns, density and page size', async ({ visit }) => {
    const page = await visit({ path: '/?last=31d' });
    await waitForRows(page);
    await page.getByRole('button', { name: 'Preferences' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('20 entries', { exact: true }).click();
    await dialog.getByText('Compact', { exact: true }).click();
    await dialog.getByText('Entry id', { exact: true }).click();
    const [request] = await Promise.all([
      page.waitForRequest((one) => one.url().includes('/request-logs?') && one.url().includes('limit=20')),
      dialog.getByRole('button', { name: 'Confirm' }).click(),
    ]);
    expect(request.url()).toContain('limit=20');
    await page.reload();
    await waitForRows(page);
    expect(await page.locator('thead').first().innerText()).toContain('Entry id');
    await page.getByRole('button', { name: 'Preferences' }).click();
    expect(await dialog.getByLabel('20 entries').isChecked()).toBe(true);
    expect(await dialog.getByLabel('Compact').isChecked()).toBe(true);
  });

  it('works at a width of 400 pixels without scrolling sideways', async ({ visit }) => {
    const page = await visit({ viewport: { width: 400, height: 800 }, path: `${samples}&resource=orders-d` });
    await waitForRows(page);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(400);
    const row = await rowOf(page, 'orders-d').innerText();
    expect(row).toMatch(/2026-11-\d\d/);
    await entryLinks(page).first().click();
    await page.getByRole('button', { name: 'Copy', exact: true }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400);
  });
});

describe('the filters', () => {
  it('suggest what was logged, and become part of the address', async ({ visit }) => {
    const page = await visit();
    await waitForRows(page);
    const filter = page.getByRole('combobox', { name: 'Filter entries' });
    await filter.fill('checkout-a');
    await page
      .getByRole('option', { name: /checkout-api/ })
      .first()
      .click();
    await expect.poll(() => addressOf(page)).toBe('/?resource=checkout-api');
    await page.getByText('2026-11-02 08:14:09').waitFor();
    // A person is found by name, and filtered by id.
    await filter.fill('Ben');
    await page
      .getByRole('option', { name: /Ben Okafor/ })
      .first()
      .click();
    await expect.poll(() => addressOf(page)).toBe('/?user=u-2077&resource=checkout-api');
    await expect.poll(() => page.getByText('2026-11-02 08:14:09').count()).toBe(0);
    await page.getByText('2026-11-05 16:40:51').waitFor();
  });

  it('say when more match than they suggest', async ({ visit }) => {
    const names = Array.from({ length: 11 }, () => uniqueName('many'));
    await emit(
      url,
      names.map((name) => update(name)),
    );
    const page = await visit();
    await waitForRows(page);
    const filter = page.getByRole('combobox', { name: 'Filter entries' });
    await filter.fill('many-');
    await page.getByText('More match: type on').waitFor();
    await filter.fill(names[0] ?? '');
    await page
      .getByRole('option', { name: new RegExp(names[0] ?? '') })
      .first()
      .waitFor();
    await expect.poll(() => page.getByText('More match: type on').count()).toBe(0);
  });

  it('have chips whose buttons to remove them name their values', async ({ visit }) => {
    const page = await visit({ path: `${samples}&resource=orders*&region=eu-west-1` });
    await waitForRows(page);
    await page.getByRole('button', { name: 'Remove filter, Region equals eu-west-1' }).waitFor();
    await page.getByRole('button', { name: 'Remove filter, Name begins with orders' }).click();
    await expect.poll(() => addressOf(page)).not.toContain('resource');
  });

  it('find a person by a surname alone', async ({ visit }) => {
    const page = await visit();
    await waitForRows(page);
    const filter = page.getByRole('combobox', { name: 'Filter entries' });
    await filter.fill('okafor');
    await filter.press('Enter');
    await expect.poll(() => addressOf(page)).toBe('/?user=u-2077');
  });

  it('offer what else a word begins where no name does', async ({ visit }) => {
    const page = await visit({ path: samples });
    await waitForRows(page);
    const filter = page.getByRole('combobox', { name: 'Filter entries' });
    await filter.fill('1234');
    await filter.press('Enter');
    await page.getByRole('link', { name: 'Account: 123456789012' }).click();
    await expect.poll(() => addressOf(page)).toBe('/?account=123456789012&from=2026-11-01&to=2026-11-20');
    await waitForRows(page);
    await filter.fill('prod');
    await filter.press('Enter');
    await page.getByRole('link', { name: 'Environment: prod' }).click();
    await expect.poll(() => addressOf(page)).toContain('environment=prod');
    await waitForRows(page);
  });

  it('take a bare word as the beginning of a name, and an id as an entry to open', async ({ visit }) => {
    const page = await visit();
    await waitForRows(page);
    const filter = page.getByRole('combobox', { name: 'Filter entries' });
    await filter.fill('checkout-b');
    await filter.press('Enter');
    await expect.poll(() => addressOf(page)).toBe('/?resource=checkout-b*');
    const href = await entryLinks(page, 'checkout-batch').first().getAttribute('href');
    const id = /\/entries\/(\w{26})/.exec(href ?? '')?.[1] ?? '';
    await filter.fill(id);
    await filter.press('Enter');
    await expect.poll(() => addressOf(page)).toBe(`/entries/${id}?resource=checkout-b*`);
  });

  it('have quick choices for action and verdict', async ({ visit }) => {
    const page = await visit({ path: samples });
    await waitForRows(page);
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect.poll(() => addressOf(page)).toContain('action=DELETE');
    await expect
      .poll(async () => {
        const actions = await page
          .locator('tbody')
          .getByText(/^(Create|Update|Delete)( denied)?$/)
          .allInnerTexts();
        return [...new Set(actions.map((action) => action.split(' ')[0]))];
      })
      .toEqual(['Delete']);
    await page.getByRole('button', { name: 'Denied', exact: true }).click();
    await rowOf(page, 'orders-d').waitFor();
    await expect.poll(() => addressOf(page)).toContain('verdict=DENIED');
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect.poll(() => addressOf(page)).not.toContain('action');
  });

  it('take a relative range and one between two times', async ({ visit }) => {
    const name = uniqueName('range');
    const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
    await emit(url, [update(name), update(name, { occurredAt: hoursAgo(30) })]);
    const page = await visit({ path: `/?resource=${name}` });
    await expect.poll(() => entryLinks(page).count()).toBe(2);
    await page.getByRole('button', { name: /Range of time/ }).click();
    await page.getByRole('radio', { name: 'Last 24 hours' }).check();
    await page.getByRole('button', { name: 'Apply' }).click();
    await expect.poll(() => addressOf(page)).toContain('last=24h');
    await expect.poll(() => entryLinks(page).count()).toBe(1);
    const [day = ''] = hoursAgo(30).split('T');
    await page.goto(`${url}/?resource=${name}&from=${day}&to=${hoursAgo(29)}`);
    await waitForRows(page);
    expect(await entryLinks(page).count()).toBe(1);
    expect(await page.getByRole('button', { name: /Range of time/ }).innerText()).toContain(day);
  });

  it('say beside them what the API does not take, and no entry is shown for it', async ({ visit }) => {
    const page = await visit({ path: '/?account=12', expected: /status of 400/ });
    await shownText(page, 'account must be a 12-digit AWS account id').waitFor();
    await page.getByText('Nothing was searched: a filter is not valid.').waitFor();
    expect(await page.getByText('No entries match').count()).toBe(0);
  });

  it('say of a range in the address that is none what it must be, and search and export nothing', async ({
    visit,
  }) => {
    const page = await visit({ path: '/?last=3x' });
    await shownText(page, /^last must be a whole number/).waitFor();
    await page.getByText(/^Nothing was searched/).waitFor();
    expect(await page.getByRole('button', { name: /Range of time/ }).innerText()).toContain('last=3x');
    expect(await page.getByRole('button', { name: 'Export', exact: true }).isDisabled()).toBe(true);
    await page.goto(`${url}/?last=7d&from=2026-11-01`);
    await shownText(page, 'last must not be given together with from or to').waitFor();
    expect(await entryLinks(page).count()).toBe(0);
  });
});

describe('the address', () => {
  it('reproduces the page for a colleague', async ({ visit }) => {
    const path = `${samples}&user=u-2077&resource=orders-d&resource=checkout-api&order=asc`;
    const first = await visit({ path });
    await waitForRows(first);
    await shownText(first, 'There are no more.').waitFor();
    const second = await visit({ as: 'admin', path: addressOf(first) });
    await waitForRows(second);
    await shownText(second, 'There are no more.').waitFor();
    const rows = await first.locator('tbody tr').allInnerTexts();
    expect(await second.locator('tbody tr').allInnerTexts()).toEqual(rows);
    expect(rows.every((row) => row.includes(people.developer))).toBe(true);
  });

  it('goes back and forward through searches and entries', async ({ visit }) => {
    const searched = `${samples}&resource=orders-d`;
    const page = await visit({ path: searched });
    await waitForRows(page);
    await page.getByRole('button', { name: 'Update', exact: true }).click();
    await expect.poll(() => addressOf(page)).toContain('action=UPDATE');
    await rowOf(page, 'orders-d').waitFor();
    await entryLinks(page, 'orders-d').first().click();
    await page.locator('.entry').waitFor();
    const open = addressOf(page);
    expect(open).toMatch(/^\/entries\/\w{26}\?/);
    await page.goBack();
    await expect.poll(() => page.locator('.entry').count()).toBe(0);
    await page.goBack();
    await expect
      .poll(() => addressOf(page).split('?')[1]?.split('&').sort())
      .toEqual(searched.slice(2).split('&').sort());
    expect(await page.getByRole('button', { name: 'Update', exact: true }).getAttribute('aria-pressed')).toBe(
      'false',
    );
    await page.goForward();
    await page.goForward();
    await page.locator('.entry').waitFor();
    expect(addressOf(page)).toBe(open);
  });
});
