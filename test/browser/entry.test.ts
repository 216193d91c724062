// The entry panel: its content, copying, and navigation.
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { uniqueName, update } from './events.ts';
import { addressOf, entryLinks, entryPanel, waitForRows } from './list-page.ts';
import { ask, emit } from './running-stack.ts';
import { it, url } from './visit.ts';

const samples = '/?from=2026-11-01&to=2026-11-20';

/** Finds the entry of a sample by a unique query. */
async function findEntry(query: string) {
  const { items } = await (await ask(url, `/request-logs?${query}`, 'auditor')).json();
  return { id: items[0].id as string, path: `/entries/${items[0].id}` };
}

const grown = 'resource=orders-d&action=UPDATE&from=2026-11-09&to=2026-11-09';
const rotated = 'resource=orders-d&action=UPDATE&from=2026-11-12&to=2026-11-12';
const scaled = 'resource=checkout-api&action=UPDATE&from=2026-11-05&to=2026-11-05';
const denied = 'resource=orders-d&verdict=DENIED&from=2026-11-15&to=2026-11-15';
const violation = 'resource=search-web&verdict=VIOLATION&from=2026-11-16&to=2026-11-16';

/** Finds the row of a field in the diff by its name. */
function field(page: Page, name: string) {
  return entryPanel(page)
    .locator('table.diff tr')
    .filter({ has: page.locator('th', { hasText: new RegExp(`^\\W*${name}\\b`) }) })
    .first();
}

describe('an entry', () => {
  it('opens beside the list from a click on its row', async ({ visit }) => {
    const page = await visit({ path: `${samples}&resource=orders-d` });
    await waitForRows(page);
    await page.getByText('instanceClass: db.t4g.micro → db.t4g.medium').click();
    await field(page, 'instanceClass').getByText('db.t4g.medium').waitFor();
    expect(addressOf(page)).toMatch(/^\/entries\/\w{26}\?/);
    await page.getByRole('heading', { name: 'Ben Okafor updated orders-d' }).waitFor();
    expect(await entryLinks(page).count()).toBeGreaterThan(3);
  });

  it('shows who resized orders-d, when, from where, with which permission, and what else changed', async ({
    visit,
  }) => {
    const page = await visit({ path: (await findEntry(grown)).path });
    await field(page, 'instanceClass').waitFor();
    const text = await entryPanel(page).innerText();
    for (const said of [
      '2026-11-09 13:27:18.005 UTC',
      'Ben Okafor',
      'u-2077',
      'ben.okafor@acme.example',
      '198.51.100.7',
      'Developer',
      'resource:update',
      'Allowed by the service',
      'Permitted',
      'The role Developer grants resource:update',
      '123456789012',
      'eu-west-1',
      'p95 latency on orders',
    ])
      expect(text).toContain(said);
    expect(await field(page, 'instanceClass').innerText()).toMatch(
      /db\.t4g\.micro[\s\S]*→[\s\S]*db\.t4g\.medium/,
    );
    expect(await field(page, 'allocatedStorageGiB').innerText()).toMatch(/20[\s\S]*→[\s\S]*100/);
    expect(await field(page, 'multiAz').innerText()).toMatch(/false[\s\S]*→[\s\S]*true/);
    // An element added inside another element.
    expect(await entryPanel(page).locator('tr[data-state="added"]').first().innerText()).toMatch(/[+[]/);
    expect(text).toContain('10.20.0.0/16');
  });

  it('shows nested, added and list changes inline and side by side, and collapses the rest', async ({
    visit,
  }) => {
    const page = await visit({ path: (await findEntry(scaled)).path });
    await field(page, 'cpu').waitFor();
    expect(await field(page, 'enabled').innerText()).toMatch(/false[\s\S]*true/);
    expect(await field(page, 'maxTasks').getAttribute('data-state')).toBe('added');
    expect(await entryPanel(page).getByText('sess-ion').count()).toBeGreaterThan(0);
    expect(await field(page, 'repository').count()).toBe(0);
    await entryPanel(page).getByRole('button', { name: 'Side by side' }).click();
    await entryPanel(page).getByRole('columnheader', { name: 'After' }).waitFor();
    expect(await field(page, 'cpu').locator('td').allInnerTexts()).toEqual([
      expect.stringContaining('512'),
      expect.stringContaining('1024'),
    ]);
    await entryPanel(page).getByText('Hide unchanged fields').click();
    await field(page, 'repository').waitFor();
  });

  it('shows secrets as redacted, and changed secrets as changed', async ({ visit }) => {
    const page = await visit({ path: (await findEntry(rotated)).path });
    await field(page, 'masterUserPassword').waitFor();
    expect(await field(page, 'masterUserPassword').innerText()).toMatch(
      /redacted 2[\s\S]*→[\s\S]*redacted 1/,
    );
    expect(await page.content()).not.toMatch(/Sup3r|\[REDACTED/);
    const other = await visit({ path: (await findEntry(scaled)).path });
    await field(other, 'DB_PASSWORD').waitFor();
    expect(await field(other, 'DB_PASSWORD').innerText()).toMatch(/redacted \d+[\s\S]*→[\s\S]*redacted \d+/);
  });

  it('explains a denied action and a violation', async ({ visit }) => {
    const page = await visit({ path: (await findEntry(denied)).path });
    await page.getByRole('heading', { name: 'Ben Okafor tried to delete orders-d' }).waitFor();
    await entryPanel(page).getByText('Denied', { exact: true }).first().waitFor();
    await entryPanel(page)
      .getByText('The service denied this action. The role Developer does not grant resource:delete.')
      .waitFor();
    const other = await visit({ path: (await findEntry(violation)).path });
    await entryPanel(other).getByText('Violation', { exact: true }).first().waitFor();
    await entryPanel(other)
      .getByText('The service allowed this action, but the role Viewer does not grant service:update.')
      .waitFor();
  });

  it('shows both complete states', async ({ visit }) => {
    const page = await visit({ path: (await findEntry(grown)).path });
    await entryPanel(page).getByRole('button', { name: 'State before' }).click();
    const state = entryPanel(page).locator('table.diff[data-view="state"]');
    await state.waitFor();
    expect(await state.innerText()).toMatch(/db\.t4g\.micro/);
    expect(await state.innerText()).toContain('publiclyAccessible');
  });

  it('shows elements by name, and opens folded lines and further rows in place', async ({ visit }) => {
    const name = uniqueName('diff');
    const script = (word: string) => [...Array(9).keys(), word, ...Array(9).keys()].join('\n');
    const state = (value: number) => ({
      containers: [{ name: 'app', image: `a:${value}` }],
      script: script(`word ${value}`),
      ...Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`z${index}`, value])),
    });
    await emit(url, [update(name, { detail: { before: state(1), after: state(2) } })]);
    const page = await visit({ path: `/?resource=${name}` });
    await waitForRows(page);
    await entryLinks(page).first().click();
    await field(page, 'app').waitFor();
    expect(await field(page, 'image').innerText()).toMatch(/a:1[\s\S]*→[\s\S]*a:2/);
    const fold = entryPanel(page).getByRole('button', { name: 'Show 7 unchanged lines' }).first();
    await fold.click();
    await entryPanel(page).getByRole('button', { name: 'Hide 7 unchanged lines' }).waitFor();
    await entryPanel(page).getByText('300 of 405 rows shown').waitFor();
    await entryPanel(page).getByRole('button', { name: 'Show more' }).click();
    await expect
      .poll(() =>
        entryPanel(page)
          .getByText(/rows shown/)
          .count(),
      )
      .toBe(0);
    await field(page, 'z399').waitFor();
  });

  it('calls the state that was denied requested', async ({ visit }) => {
    const name = uniqueName('denied');
    const authorization = { permission: 'resource:update', decision: 'DENIED' };
    await emit(url, [update(name, { detail: { authorization } })]);
    const page = await visit({ path: `/?resource=${name}` });
    await waitForRows(page);
    await entryLinks(page).first().click();
    await entryPanel(page).getByRole('button', { name: 'Requested state' }).waitFor();
    await entryPanel(page).getByRole('button', { name: 'Side by side' }).click();
    await entryPanel(page).getByRole('columnheader', { name: 'Requested' }).waitFor();
    expect(await entryPanel(page).getByText('State after').count()).toBe(0);
  });

  it('copies its ID, its link and its JSON', async ({ visit }) => {
    const { id, path } = await findEntry(grown);
    const page = await visit({ path, permissions: ['clipboard-read', 'clipboard-write'] });
    const copied = async (part: string) => {
      await entryPanel(page)
        .getByRole('button', { name: /^(Copy|Copied \w+)$/ })
        .click();
      await page.getByRole('menuitem', { name: `Copy ${part}` }).click();
      await entryPanel(page)
        .getByRole('button', { name: `Copied ${part}` })
        .waitFor();
      return page.evaluate(() => navigator.clipboard.readText());
    };
    expect(await copied('ID')).toBe(id);
    expect(await copied('link')).toBe(`${url}/entries/${id}`);
    const entry = await (await ask(url, `/request-logs/${id}`, 'auditor')).json();
    expect(JSON.parse(await copied('JSON'))).toEqual(entry);
  });

  it('navigates to the previous and next entries of the list', async ({ visit }) => {
    const page = await visit({ path: `${samples}&resource=orders-d` });
    await waitForRows(page);
    const hrefs = await entryLinks(page).evaluateAll((links) =>
      links.map((link) => link.getAttribute('href')),
    );
    await entryLinks(page).nth(1).click();
    await expect.poll(() => addressOf(page)).toBe(hrefs[1]);
    await page.getByRole('button', { name: 'Next entry' }).click();
    await expect.poll(() => addressOf(page)).toBe(hrefs[2]);
    await page.getByRole('button', { name: 'Previous entry' }).click();
    await page.getByRole('button', { name: 'Previous entry' }).click();
    await expect.poll(() => addressOf(page)).toBe(hrefs[0]);
    expect(await page.getByRole('button', { name: 'Previous entry' }).isDisabled()).toBe(true);
  });

  it('links to the entries of the resource, and to those of the user around that time', async ({ visit }) => {
    const page = await visit({ path: (await findEntry(grown)).path });
    await entryPanel(page).getByRole('button', { name: 'All entries for orders-d' }).click();
    await expect.poll(() => addressOf(page)).toMatch(/^\/entries\/\w{26}\?target=res-2b71$/);
    await page.getByText('2026-11-01 10:02:33').waitFor();
    await entryPanel(page)
      .getByRole('button', { name: 'Entries by Ben Okafor within one hour of this entry' })
      .click();
    await expect
      .poll(() => decodeURIComponent(addressOf(page)))
      .toMatch(/\?user=u-2077&from=2026-11-09T12:27:18\.005Z&to=2026-11-09T14:27:18\.005Z$/);
    await expect.poll(() => page.getByText('2026-11-01 10:02:33').count()).toBe(0);
  });
});
