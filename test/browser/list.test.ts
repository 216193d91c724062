// The list: its content, its filters, and its state in the URL.
import { describe, expect } from 'vitest';
import { uniqueName, update } from './events.ts';
import { addressOf, entryLinks, rowOf, shownText, waitForRows } from './list-page.ts';
import { emit } from './running-stack.ts';
import { it, people, url } from './visit.ts';

const samples = '/?from=2026-11-01&to=2026-11-20';

describe('the list', () => {
  it('shows time, action, target, user, account, changes, and every verdict but Permitted', async ({
    visit,
  }) => {
    const page = await visit({ path: `${samples}&resource=orders-d` });
    await waitForRows(page);
    const headers = await page.locator('thead').first().innerText();
    for (const header of ['Time (UTC)', 'Action', 'Target', 'User and role', 'Account and region', 'Changes'])
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

  it('distinguishes denied actions without the Verdict column', async ({ visit }) => {
    const name = uniqueName('refused');
    const authorization = { permission: 'resource:update', decision: 'DENIED' };
    await emit(url, [update(name, { detail: { authorization } })]);
    const page = await visit({ path: `/?resource=${name}` });
    await waitForRows(page);
    expect(await rowOf(page, name).innerText()).toMatch(/Update denied[\s\S]+Not applied:\s+instanceClass/);
    expect(await page.locator('thead').first().innerText()).not.toContain('Verdict');
    await page.getByRole('link', { name: `${name}, denied Update by Ben Okafor, open entry` }).waitFor();
  });

  it('marks entries that were recorded late', async ({ visit }) => {
    const name = uniqueName('late');
    await emit(url, [update(name, { occurredAt: new Date(Date.now() - 3 * 3_600_000).toISOString() })]);
    const page = await visit({ path: `/?resource=${name}` });
    await waitForRows(page);
    expect(await rowOf(page, name).innerText()).toContain('Recorded 3 h late');
  });

  it('loads further pages on scrolling, without duplicates', async ({ visit }) => {
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

  it('shows times in the local time zone or UTC, and remembers the choice', async ({ visit }) => {
    const page = await visit({ path: `${samples}&resource=orders-d`, timezoneId: 'Asia/Kolkata' });
    await waitForRows(page);
    await shownText(page, '2026-11-09 18:57:18').waitFor();
    await page.getByRole('button', { name: /^Time zone/ }).click();
    await page.getByRole('menuitemradio', { name: 'UTC', exact: true }).click();
    await shownText(page, '2026-11-09 13:27:18').waitFor();
    await page.reload();
    await shownText(page, '2026-11-09 13:27:18').waitFor();
  });

  it('names the time zone instead of an offset, which can vary', async ({ visit }) => {
    const page = await visit({ path: `${samples}&resource=orders-d`, timezoneId: 'America/New_York' });
    await waitForRows(page);
    expect(await page.locator('thead').first().innerText()).toContain('Time (America/New_York)');
    await page.getByRole('button', { name: 'Time zone: Local time (America/New_York)' }).waitFor();
    await page.getByRole('button', { name: /Time range/ }).click();
    await shownText(page, 'For example, 2026-11-05 and 16:40:51. Time zone: America/New_York.').waitFor();
  });

  it('remembers columns, density and page size', async ({ visit }) => {
    const page = await visit({ path: '/?last=31d' });
    await waitForRows(page);
    await page.getByRole('button', { name: 'Preferences' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('20 entries', { exact: true }).click();
    await dialog.getByText('Compact', { exact: true }).click();
    await dialog.getByText('Entry ID', { exact: true }).click();
    const [request] = await Promise.all([
      page.waitForRequest((one) => one.url().includes('/request-logs?') && one.url().includes('limit=20')),
      dialog.getByRole('button', { name: 'Confirm' }).click(),
    ]);
    expect(request.url()).toContain('limit=20');
    await page.reload();
    await waitForRows(page);
    expect(await page.locator('thead').first().innerText()).toContain('Entry ID');
    await page.getByRole('button', { name: 'Preferences' }).click();
    expect(await dialog.getByLabel('20 entries').isChecked()).toBe(true);
    expect(await dialog.getByLabel('Compact').isChecked()).toBe(true);
  });

  it('works at a width of 400 pixels without horizontal scrolling', async ({ visit }) => {
    const page = await visit({ viewport: { width: 400, height: 800 }, path: `${samples}&resource=orders-d` });
    await waitForRows(page);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(400);
    const row = await rowOf(page, 'orders-d').innerText();
    expect(row).toMatch(/2026-11-\d\d[\s\S]+123456789012[\s\S]+eu-west-1, prod/);
    // The filters are folded, and the entry covers the list.
    expect(await page.getByRole('combobox', { name: 'Filter entries' }).isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Filters (2)' }).click();
    await page.getByRole('combobox', { name: 'Filter entries' }).waitFor();
    await entryLinks(page).first().click();
    await page.getByRole('button', { name: 'Copy', exact: true }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400);
    const box = await page.getByRole('region', { name: /orders-d$/ }).boundingBox();
    expect(box).toEqual({ x: 0, y: 0, width: 400, height: 800 });
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('.entry').count()).toBe(0);
    await page.getByRole('combobox', { name: 'Filter entries' }).waitFor();
  });

  it('keeps its columns on the screen next to very long names', async ({ visit }) => {
    const name = 'W'.repeat(128);
    const long = update(name) as { detail: { target: { id: string } } };
    long.detail.target.id = 'res-long';
    await emit(url, [long]);
    for (const width of [1440, 1024]) {
      const page = await visit({ path: `/?resource=${name}`, viewport: { width, height: 800 } });
      await waitForRows(page);
      const [row] = await Promise.all([rowOf(page, name).boundingBox()]);
      expect(row?.width).toBeLessThanOrEqual(width);
      expect(row?.height).toBeLessThan(150);
    }
  });

  it('keeps its columns on the screen without line wrapping', async ({ visit }) => {
    const name = 'V'.repeat(128);
    const long = update(name) as { detail: { target: { id: string } } };
    long.detail.target.id = 'res-long-line';
    await emit(url, [long]);
    const page = await visit({ path: `/?resource=${name}` });
    await waitForRows(page);
    await page.getByRole('button', { name: 'Preferences' }).click();
    await page.getByRole('dialog').getByText('Wrap lines', { exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click();
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    expect((await rowOf(page, name).boundingBox())?.width).toBeLessThanOrEqual(1440);
  });

  it('keeps the widths of its columns when further pages are loaded', async ({ visit }) => {
    const page = await visit({ path: '/?last=31d' });
    await waitForRows(page);
    const widths = () =>
      page
        .locator('thead')
        .first()
        .locator('th')
        .evaluateAll((cells) => cells.map((cell) => cell.clientWidth));
    const before = await widths();
    await page.mouse.move(700, 600);
    await expect
      .poll(async () => {
        await page.mouse.wheel(0, 20_000);
        return entryLinks(page).count();
      })
      .toBeGreaterThan(100);
    expect(await widths()).toEqual(before);
  });

  it('says that it contains only the accounts that the user has access to', async ({ visit }) => {
    const page = await visit({ as: 'account-operator' });
    await waitForRows(page);
    await page.getByText('You see only the entries of AWS account 210987654321.').waitFor();
  });

  it('remembers the width of the entry panel', async ({ visit }) => {
    const page = await visit({ path: `${samples}&resource=orders-d` });
    await waitForRows(page);
    await entryLinks(page).first().click();
    // The panel takes the focus when it is loaded.
    await page.getByRole('button', { name: 'Copy', exact: true }).waitFor();
    const handle = page.getByRole('separator', { name: 'Resize panel' });
    await handle.focus();
    const panelWidth = () => page.locator('.entry').evaluate((entry) => entry.clientWidth);
    const before = await panelWidth();
    for (let step = 0; step < 5; step++) await page.keyboard.press('ArrowLeft');
    await expect.poll(panelWidth).toBeGreaterThan(before);
    const after = await panelWidth();
    await page.reload();
    await page.locator('.entry').waitFor();
    await expect.poll(panelWidth).toBe(after);
  });
});

describe('the filters', () => {
  it('suggest logged values, and become part of the URL', async ({ visit }) => {
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
    // A user is found by name and filtered by ID.
    await filter.fill('Ben');
    await page
      .getByRole('option', { name: /Ben Okafor/ })
      .first()
      .click();
    await expect.poll(() => addressOf(page)).toBe('/?user=u-2077&resource=checkout-api');
    await expect.poll(() => page.getByText('2026-11-02 08:14:09').count()).toBe(0);
    await page.getByText('2026-11-05 16:40:51').waitFor();
  });

  it('say when there are more matches than suggestions', async ({ visit }) => {
    const names = Array.from({ length: 11 }, () => uniqueName('many'));
    await emit(
      url,
      names.map((name) => update(name)),
    );
    const page = await visit();
    await waitForRows(page);
    const filter = page.getByRole('combobox', { name: 'Filter entries' });
    await filter.fill('many-');
    await page.getByText('Keep typing to narrow the matches').waitFor();
    await filter.fill(names[0] ?? '');
    await page
      .getByRole('option', { name: new RegExp(names[0] ?? '') })
      .first()
      .waitFor();
    await expect.poll(() => page.getByText('Keep typing to narrow the matches').count()).toBe(0);
  });

  it('have remove buttons that name the filter values', async ({ visit }) => {
    const page = await visit({ path: `${samples}&resource=orders*&region=eu-west-1` });
    await waitForRows(page);
    await page.getByRole('button', { name: 'Remove filter, Region equals eu-west-1' }).waitFor();
    await page.getByRole('button', { name: 'Remove filter, Name begins with orders' }).click();
    await expect.poll(() => addressOf(page)).not.toContain('resource');
  });

  it('find a user by last name alone', async ({ visit }) => {
    const page = await visit();
    await waitForRows(page);
    const filter = page.getByRole('combobox', { name: 'Filter entries' });
    await filter.fill('okafor');
    await filter.press('Enter');
    await expect.poll(() => addressOf(page)).toBe('/?user=u-2077');
  });

  it.for([
    ['denied', '/?verdict=DENIED'],
    ['delete', '/?action=DELETE'],
    ['rds', '/?type=rds'],
  ] as const)('understand %s', async ([text, address], { visit }) => {
    const page = await visit();
    await waitForRows(page);
    const filter = page.getByRole('combobox', { name: 'Filter entries' });
    await filter.fill(text);
    await filter.press('Enter');
    await expect.poll(() => addressOf(page)).toBe(address);
  });

  it('suggest the ID of a target', async ({ visit }) => {
    const page = await visit({ path: samples });
    await waitForRows(page);
    const filter = page.getByRole('combobox', { name: 'Filter entries' });
    await filter.fill('res-2b71');
    await filter.press('Enter');
    await page.getByRole('link', { name: 'Target ID: res-2b71' }).click();
    await expect.poll(() => addressOf(page)).toContain('target=res-2b71');
    await waitForRows(page);
  });

  it('keep a chosen name exactly if it ends in an asterisk, and exclude values', async ({ visit }) => {
    const name = uniqueName('star');
    await emit(url, [update(`${name}*`), update(`${name}-2`)]);
    const page = await visit();
    await waitForRows(page);
    const filter = page.getByRole('combobox', { name: 'Filter entries' });
    await filter.fill(name);
    await page.getByRole('option', { name: `${name}\\*` }).click();
    await expect.poll(() => addressOf(page)).toBe(`/?resource=${name}%5C*`);
    await expect.poll(() => entryLinks(page).count()).toBe(1);
    await page.goto(`${url}/?resource=${name}*,!${name}-2`);
    await page.getByRole('button', { name: `Remove filter, Name does not equal ${name}-2` }).waitFor();
    await expect.poll(() => entryLinks(page).count()).toBe(1);
    await page.getByRole('button', { name: `Remove filter, Name does not equal ${name}-2` }).click();
    await expect.poll(() => entryLinks(page).count()).toBe(2);
  });

  it('suggest the recorded spelling when nothing matches', async ({ visit }) => {
    const page = await visit({ path: '/?type=RDS&user=Ben+Okafor' });
    await page.getByRole('button', { name: 'User: "u-2077" (user with this name)' }).click();
    await expect.poll(() => addressOf(page)).toBe('/?user=u-2077&type=RDS');
    await page.getByRole('button', { name: 'Type: "rds" (different upper and lower case)' }).click();
    await expect.poll(() => addressOf(page)).toBe('/?user=u-2077&type=rds');
    await waitForRows(page);
  });

  it('keep a chosen name exactly, and show its invisible characters', async ({ visit }) => {
    const name = uniqueName('odd');
    await emit(url, [update(`${name} `), update(`${name}\u202egpj.exe`)]);
    const page = await visit();
    await waitForRows(page);
    const filter = page.getByRole('combobox', { name: 'Filter entries' });
    await filter.fill(name);
    await page.getByRole('option', { name: `${name}\\u202egpj.exe` }).waitFor();
    await page.getByRole('option', { name: new RegExp(`${name}$`) }).click();
    await expect.poll(() => addressOf(page)).toBe(`/?resource=${name}+`);
    await expect.poll(() => entryLinks(page).count()).toBe(1);
    await page.goto(`${url}/?resource=${name}${encodeURIComponent('\u202e')}gpj.exe`);
    await page.getByRole('button', { name: `Remove filter, Name equals ${name}\\u202egpj.exe` }).waitFor();
    await entryLinks(page).first().click();
    await expect.poll(() => page.title()).toBe(`${name}\\u202egpj.exe · Request Logs`);
  });

  it('suggest services, not resources, for the service filter', async ({ visit }) => {
    const page = await visit({ path: samples });
    await waitForRows(page);
    const filter = page.getByRole('combobox', { name: 'Filter entries' });
    await filter.fill('Service and its resources = checkout-a');
    await page
      .getByRole('option', { name: /checkout-api/ })
      .first()
      .waitFor();
    expect(await page.getByRole('option', { name: /orders-d/ }).count()).toBe(0);
  });

  it('suggest other filters when no name matches the text', async ({ visit }) => {
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

  it('treat free text as a name prefix, and open an entry by its ID', async ({ visit }) => {
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

  it('have toggles for action and verdict', async ({ visit }) => {
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

  it('accept relative and absolute time ranges', async ({ visit }) => {
    const name = uniqueName('range');
    const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
    await emit(url, [update(name), update(name, { occurredAt: hoursAgo(30) })]);
    const page = await visit({ path: `/?resource=${name}` });
    await expect.poll(() => entryLinks(page).count()).toBe(2);
    await page.getByRole('button', { name: /Time range/ }).click();
    await page.getByRole('radio', { name: 'Last 24 hours' }).check();
    await page.getByRole('button', { name: 'Apply' }).click();
    await expect.poll(() => addressOf(page)).toContain('last=24h');
    await expect.poll(() => entryLinks(page).count()).toBe(1);
    const [day = ''] = hoursAgo(30).split('T');
    await page.goto(`${url}/?resource=${name}&from=${day}&to=${hoursAgo(29)}`);
    await waitForRows(page);
    expect(await entryLinks(page).count()).toBe(1);
    expect(await page.getByRole('button', { name: /Time range/ }).innerText()).toContain(day);
  });

  it('show why the API rejects a value, and no entries', async ({ visit }) => {
    const page = await visit({ path: '/?account=12', expected: /status of 400/ });
    await shownText(page, 'account must be a 12-digit AWS account ID').waitFor();
    await page.getByText('Nothing was searched because a filter is invalid.').waitFor();
    expect(await page.getByText('No entries match').count()).toBe(0);
  });

  it('explain an invalid time range in the URL, and search and export nothing', async ({ visit }) => {
    const page = await visit({ path: '/?last=3x' });
    await shownText(page, /^last must be a whole number/).waitFor();
    await page.getByText(/^Nothing was searched/).waitFor();
    expect(await page.getByRole('button', { name: /Time range/ }).innerText()).toContain('last=3x');
    expect(await page.getByRole('button', { name: 'Export', exact: true }).isDisabled()).toBe(true);
    await page.goto(`${url}/?last=7d&from=2026-11-01`);
    await shownText(page, 'last cannot be used together with from or to').waitFor();
    expect(await entryLinks(page).count()).toBe(0);
  });
});

describe('the URL', () => {
  it('reproduces the page for another user', async ({ visit }) => {
    const path = `${samples}&user=u-2077&resource=orders-d&resource=checkout-api&order=asc`;
    const first = await visit({ path });
    await waitForRows(first);
    await shownText(first, 'End of results.').waitFor();
    const second = await visit({ as: 'admin', path: addressOf(first) });
    await waitForRows(second);
    await shownText(second, 'End of results.').waitFor();
    const rows = await first.locator('tbody tr').allInnerTexts();
    expect(await second.locator('tbody tr').allInnerTexts()).toEqual(rows);
    expect(rows.every((row) => row.includes(people.developer))).toBe(true);
  });

  it('supports back and forward through searches and entries', async ({ visit }) => {
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
