// Search in what only the full entry contains, from the property filter, and what it costs.
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { findViolations } from './axe.ts';
import { addressOf, entryLinks, parametersOf, shownText, waitForRows } from './list-page.ts';
import { it } from './visit.ts';

/** Returns the query of each list request from now on. */
function watchLists(page: Page): URLSearchParams[] {
  const seen: URLSearchParams[] = [];
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (pathname === '/request-logs') seen.push(searchParams);
  });
  return seen;
}

describe('a search in details', () => {
  it('is a filter of the page, in the list, the counts, and the link', async ({ visit }) => {
    const page = await visit({ path: '/?resource=orders-d&to=2026-11-20' });
    await waitForRows(page);
    await page.keyboard.press('/');
    await page.keyboard.type('Changed path = instanceClass');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => parametersOf(addressOf(page)))
      .toEqual({ resource: 'orders-d', to: '2026-11-20', changed: 'instanceClass' });
    await expect.poll(() => entryLinks(page).count()).toBe(1);
    await page.getByText(/^30 days: 1 done/).waitFor();
    // The filter keeps the focus.
    await page.keyboard.type('Changed to = db.t4g.micro');
    await page.keyboard.press('Enter');
    await page.getByText('No entries match', { exact: true }).waitFor();
    expect(parametersOf(addressOf(page))).toMatchObject({ changedTo: 'db.t4g.micro' });
  });

  it('says what it costs when it reads many details, and how to read fewer', async ({ visit }) => {
    const page = await visit({
      path: '/?reason=never&last=31d',
      prepare: (context) =>
        context.route('**/request-logs?**', async (route) => {
          const response = await route.fetch();
          const answer = await response.json();
          // A real answer, with the size of a larger log.
          const consumedCapacity = { ...answer.consumedCapacity, details: 1234, readUnits: 617.5 };
          await route.fulfill({
            response,
            json: { ...answer, consumedCapacity, complete: false, nextCursor: null },
          });
        }),
    });
    const lists = watchLists(page);
    await shownText(
      page,
      /^The details of 1,234 entries were read \(618 read units\)\. To read fewer/,
    ).waitFor();
    expect(await findViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Refresh' }).click();
    await expect.poll(() => lists.map((query) => query.get('debug'))).toContain('true');
  });

  it('does not ask for the cost, which the API hides from users limited to AWS accounts', async ({
    visit,
  }) => {
    const page = await visit({ as: 'account-operator' });
    const lists = watchLists(page);
    await waitForRows(page);
    await page.keyboard.press('/');
    await page.keyboard.type('Reason contains = never');
    await page.keyboard.press('Enter');
    await page.getByText('No entries match', { exact: true }).waitFor();
    const [search] = lists.filter((query) => query.has('reason'));
    expect(search?.get('reason')).toBe('never');
    expect(search?.has('debug')).toBe(false);
  });
});
