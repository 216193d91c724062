// Runs axe on each state of the page, light and dark. Saves screenshots to .cache/screenshots.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { findViolations } from './axe.ts';
import { entryLinks, entryPanel, waitForRows } from './list-page.ts';
import { ask } from './running-stack.ts';
import { it, url, type VisitOptions } from './visit.ts';

const screenshots = join(import.meta.dirname, '..', '..', '.cache', 'screenshots');
mkdirSync(screenshots, { recursive: true });

/** Finds the sample update of orders-d. */
async function findUpdate(): Promise<string> {
  const { items } = await (
    await ask(url, '/request-logs?resource=orders-d&action=UPDATE&from=2026-11-09&to=2026-11-09', 'auditor')
  ).json();
  return items[0].id;
}

interface State extends Omit<VisitOptions, 'scheme'> {
  readonly name: string;
  /** Brings the page into the state. */
  readonly reach: (page: Page) => Promise<unknown>;
  /** axe best practices that do not apply to the state. */
  readonly except?: readonly string[];
}

const failing = (context: BrowserContext) =>
  context.route('**/request-logs?**', (route) => route.fulfill({ status: 500, json: { message: 'no' } }));

const states: readonly State[] = [
  { name: 'list', reach: waitForRows },
  {
    name: 'overview',
    path: '/?from=2026-11-01&to=2026-11-30',
    reach: (page) => page.getByRole('slider').waitFor(),
  },
  {
    name: 'overview-table',
    path: '/?from=2026-11-01&to=2026-11-30',
    reach: async (page) => {
      await page.getByText('Table', { exact: true }).click();
      await page.getByRole('region', { name: 'Entries over time' }).waitFor();
    },
  },
  {
    name: 'entry',
    viewport: { width: 1440, height: 1100 },
    path: '/entries/UPDATE?resource=checkout-api&resource=orders-d',
    reach: readDiff,
  },
  {
    name: 'entry-side-by-side',
    viewport: { width: 1440, height: 1100 },
    path: '/entries/UPDATE?resource=checkout-api&resource=orders-d',
    reach: async (page) => {
      await readDiff(page);
      await entryPanel(page).getByRole('button', { name: 'Side by side' }).click();
    },
  },
  {
    name: 'pivots',
    path: '/?resource=orders-d',
    reach: async (page) => {
      await waitForRows(page);
      await page.keyboard.press('j');
      // Past the link to the history.
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: /^Include Environment/ }).waitFor();
    },
  },
  {
    name: 'views',
    as: 'admin',
    path: '/?verdict=DENIED&last=90d',
    reach: async (page) => {
      await waitForRows(page);
      await page.getByRole('button', { name: 'Views', exact: true }).click();
      await page.getByText('Share in your organization').waitFor();
    },
  },
  {
    name: 'grouped',
    path: '/?resource=checkout-api&resource=orders-d&to=2026-11-20&group=target',
    reach: (page) => page.getByRole('heading', { name: 'orders-d', level: 2 }).waitFor(),
  },
  {
    name: 'history',
    path: '/history?target=res-2b71&account=123456789012&region=eu-west-1&type=rds',
    reach: async (page) => {
      await page.getByRole('heading', { name: 'Timeline' }).waitFor();
      await page.getByRole('button', { name: 'Copy as JSON' }).waitFor();
    },
  },
  {
    name: 'empty',
    path: '/?resource=never-was',
    reach: (page) => page.getByText('No entries match', { exact: true }).waitFor(),
  },
  {
    name: 'error',
    expected: /status of 500/,
    prepare: failing,
    reach: (page) => page.getByText('The search failed').first().waitFor(),
  },
  {
    name: 'forbidden',
    as: 'viewer',
    expected: /status of 403/,
    reach: (page) => page.getByRole('heading', { name: 'You do not have access to request logs' }).waitFor(),
  },
  {
    name: 'filter',
    // Cloudscape renders suggestions at the end of the document, outside its landmarks, and links them to their input.
    except: ['region'],
    reach: async (page) => {
      await waitForRows(page);
      await page.keyboard.press('/');
      await page.keyboard.type('ord');
      await page
        .getByRole('option', { name: /orders-d/ })
        .first()
        .waitFor();
    },
  },
  {
    name: 'range',
    reach: async (page) => {
      await waitForRows(page);
      await page.getByRole('button', { name: /Time range/ }).click();
      await page.getByText('Last 24 hours').waitFor();
    },
  },
  {
    name: 'export',
    reach: async (page) => {
      await waitForRows(page);
      await page.getByRole('button', { name: 'Export' }).click();
      await page.getByRole('dialog').getByText('NDJSON').first().waitFor();
    },
  },
  {
    name: 'help',
    reach: async (page) => {
      await waitForRows(page);
      await page.keyboard.press('?');
      await page.getByRole('dialog').getByText('Go to the filter').waitFor();
    },
  },
  { name: 'narrow-list', viewport: { width: 400, height: 800 }, reach: waitForRows },
  {
    name: 'narrow-entry',
    viewport: { width: 400, height: 800 },
    path: '/entries/UPDATE?resource=checkout-api&resource=orders-d',
    reach: readDiff,
  },
];

async function readDiff(page: Page): Promise<void> {
  await entryPanel(page).locator('table.diff tr', { hasText: 'db.t4g.medium' }).first().waitFor();
  if ((page.viewportSize()?.width ?? 0) > 600) await entryLinks(page).first().waitFor();
}

/** Waits for animations to end, except infinite ones such as spinners. */
async function waitForRest(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(
        ({ playState, effect }) =>
          playState !== 'running' || effect?.getComputedTiming().iterations === Number.POSITIVE_INFINITY,
      ),
  );
}

describe.for(['light', 'dark'] as const)('in the %s theme', (scheme) => {
  it.for(states)('axe finds no violations: $name', async ({ name, reach, except, ...options }, { visit }) => {
    const path = (options.path ?? '/').replace('UPDATE', await findUpdate());
    const page = await visit({ ...options, path, scheme });
    await reach(page);
    await waitForRest(page);
    await page.screenshot({ path: join(screenshots, `${name}-${scheme}.png`) });
    expect(await findViolations(page, except)).toEqual([]);
  });
});

describe('the page', () => {
  it('has no violations on the sign-in page', async ({ visit }) => {
    const page = await visit({ as: null });
    await page.getByRole('link').first().waitFor();
    await page.screenshot({ path: join(screenshots, 'chooser.png') });
    expect(await findViolations(page)).toEqual([]);
  });
});
