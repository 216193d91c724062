// What the page shows when a search is incomplete, fails, is slow or is throttled. Responses are intercepted in the
// browser, because the stack is shared with other tests.
import type { BrowserContext, Route } from 'playwright-core';
import { describe, expect } from 'vitest';
import { entryLinks, entryPanel, shownText, waitForRows } from './list-page.ts';
import { ask } from './running-stack.ts';
import { it, url } from './visit.ts';

const lists = '**/request-logs?**';

const problem = (status: number, headers: Record<string, string> = {}) => ({
  status,
  headers: { 'content-type': 'application/problem+json', ...headers },
  body: JSON.stringify({
    type: 'about:blank',
    title: 'Faulty',
    status,
    code: 'faulty',
    detail: 'made by a test',
  }),
});

/** Intercepts the first `times` list requests. The others reach the API. */
async function failFirst(context: BrowserContext, times: number, answer: (route: Route) => Promise<void>) {
  let left = times;
  await context.route(lists, (route) => (left-- > 0 ? answer(route) : route.continue()));
}

describe('a search', () => {
  it('shows how far it has searched when the budget cuts it short, and continues first by itself, then on a click', async ({
    visit,
  }) => {
    let asked = 0;
    const page = await visit({
      path: '/?last=31d',
      prepare: (context) =>
        // An exhausted read budget results in pages with fewer entries than requested. The cursors are real.
        context.route(lists, async (route) => {
          asked += 1;
          const cut = new URL(route.request().url());
          cut.searchParams.set('limit', '2');
          await route.fulfill({ response: await route.fetch({ url: cut.href }) });
        }),
    });
    await page.getByRole('button', { name: 'Continue searching' }).waitFor();
    await shownText(page, /10\+? entries so far, searched back to 20\d\d-\d\d-\d\d/).waitFor();
    expect(asked).toBeGreaterThanOrEqual(5);
    expect(await page.getByText('End of results').count()).toBe(0);
    await page.getByRole('button', { name: 'Continue searching' }).click();
    await expect.poll(() => entryLinks(page).count()).toBeGreaterThan(10);
  });

  it('says that no entries match only after the full range has been searched', async ({ visit }) => {
    let asked = 0;
    const page = await visit({
      path: '/?resource=never-was',
      prepare: (context) =>
        context.route(lists, (route) => {
          // Polls for new entries have a start time.
          if (!route.request().url().includes('from=')) asked += 1;
          return route.fulfill({
            json: {
              items: [],
              nextCursor: 'a',
              complete: false,
              searchedThrough: '2026-11-10T00:00:00.000Z',
            },
          });
        }),
    });
    // It goes on by itself a few times.
    await expect.poll(() => asked).toBe(5);
    await page.getByRole('button', { name: 'Continue searching' }).waitFor();
    await shownText(page, 'Nothing found so far, searched back to 2026-11-10 00:00:00 UTC.').waitFor();
    expect(await page.getByText('No entries match').count()).toBe(0);
    await page.context().unrouteAll();
    await page.getByRole('button', { name: 'Refresh' }).click();
    await page.getByText('No entries match', { exact: true }).waitFor();
    await page.getByText('All entries that you have access to were searched.').waitFor();
  });

  it('that fails says so, and can be retried', async ({ visit }) => {
    const page = await visit({
      expected: /status of 500/,
      prepare: (context) => failFirst(context, 1, (route) => route.fulfill(problem(500))),
    });
    await shownText(page, 'The search failed').waitFor();
    expect(await page.getByText('No entries match').count()).toBe(0);
    await page.getByRole('button', { name: 'Try again' }).click();
    await waitForRows(page);
  });

  it('that fails on a later page keeps the entries that are shown', async ({ visit }) => {
    let isFailing = false;
    const page = await visit({
      path: '/?last=31d',
      expected: /status of 500/,
      prepare: (context) =>
        context.route(lists, (route) =>
          isFailing && route.request().url().includes('cursor=')
            ? route.fulfill(problem(500))
            : route.continue(),
        ),
    });
    isFailing = true;
    await waitForRows(page);
    await page.mouse.move(700, 600);
    const alert = page.getByText('The search failed').last();
    await expect
      .poll(async () => {
        await page.mouse.wheel(0, 20_000);
        return alert.isVisible();
      })
      .toBe(true);
    const before = await entryLinks(page).count();
    expect(before).toBeGreaterThanOrEqual(50);
    isFailing = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => entryLinks(page).count()).toBeGreaterThan(before);
  });

  it('that is throttled is retried, and then says that entries might be missing', async ({ visit }) => {
    let asked = 0;
    const page = await visit({
      expected: /status of 503/,
      prepare: (context) =>
        context.route(lists, (route) => {
          asked += 1;
          return route.fulfill(problem(503, { 'retry-after': '1' }));
        }),
    });
    await shownText(page, 'The log store is busy').waitFor();
    await page.getByText(/some entries might be missing/).waitFor();
    expect(asked).toBeGreaterThan(1);
    expect(await page.getByText('No entries match').count()).toBe(0);
    await page.context().unrouteAll();
    await page.getByRole('button', { name: 'Try again' }).click();
    await waitForRows(page);
  });

  it('that is throttled briefly recovers by itself', async ({ visit }) => {
    const page = await visit({
      expected: /status of 429/,
      prepare: (context) => failFirst(context, 2, (route) => route.fulfill(problem(429))),
    });
    await waitForRows(page);
  });

  it('that is slow says that it is searching', async ({ visit }) => {
    let answer = () => {};
    const page = await visit({
      prepare: (context) =>
        failFirst(context, 1, async (route) => {
          await new Promise<void>((resolve) => {
            answer = resolve;
          });
          await route.continue();
        }),
    });
    await page.getByText('Searching', { exact: true }).first().waitFor();
    expect(await page.getByText('No entries match').count()).toBe(0);
    answer();
    await waitForRows(page);
  });

  it('without a network says so, and works again when the network is back', async ({ visit }) => {
    const page = await visit({ path: '/?resource=orders-d', expected: /ERR_INTERNET_DISCONNECTED/ });
    await waitForRows(page);
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await shownText(page, 'Cannot reach the service').waitFor();
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Try again' }).click();
    await waitForRows(page);
  });
});

describe('an entry', () => {
  it('that cannot be loaded says so, and can be retried', async ({ visit }) => {
    const { items } = await (await ask(url, '/request-logs?resource=orders-d', 'auditor')).json();
    const page = await visit({
      path: `/entries/${items[0].id}`,
      expected: /status of 500/,
      prepare: (context) => context.route('**/request-logs/*', (route) => route.fulfill(problem(500))),
    });
    await shownText(page, 'The entry could not be loaded').waitFor();
    await page.context().unrouteAll();
    await entryPanel(page).getByRole('button', { name: 'Try again' }).click();
    await entryPanel(page).getByRole('button', { name: 'Copy', exact: true }).waitFor();
  });

  it('that does not exist says so', async ({ visit }) => {
    const page = await visit({ path: '/entries/01M7ZYHQ8X0000000000000000', expected: /status of 404/ });
    await entryPanel(page).getByText('No entry has this ID').waitFor();
  });
});
