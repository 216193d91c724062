// The verification of an entry against the sealed log, in a browser, with APIs that tell the truth and that lie.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { findViolations } from './axe.ts';
import { uniqueName, update } from './events.ts';
import { entryPanel, shownText } from './list-page.ts';
import { ask, emit } from './running-stack.ts';
import { it, url } from './visit.ts';

const screenshots = join(import.meta.dirname, '..', '..', '.cache', 'screenshots');
mkdirSync(screenshots, { recursive: true });

const tall = { width: 1440, height: 1100 };
const verified = /^Sealed at .+, entry [\d,]+\. Verified in this browser$/;

async function findUpdate(): Promise<string> {
  const query = 'resource=orders-d&action=UPDATE&from=2026-11-09&to=2026-11-09';
  const { items } = await (await ask(url, `/request-logs?${query}`, 'auditor')).json();
  return `/entries/${items[0].id}`;
}

/** Waits until an entry is sealed, so that its verdict is final. */
async function waitForSeal(path: string): Promise<void> {
  await expect
    .poll(
      async () => (await ask(url, `${path.replace('/entries', '/request-logs')}/proof`, 'auditor')).status,
    )
    .toBe(200);
}

/** Changes the JSON of the API's answers. */
const change =
  (pattern: RegExp, edit: (body: Record<string, unknown>) => object) => (context: BrowserContext) =>
    context.route(pattern, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: edit(await response.json()) });
    });

const alertOf = (page: Page, title: string) =>
  entryPanel(page).getByRole('group').filter({ hasText: title }).first();

describe('the seal of an entry', () => {
  it('is verified in the browser, with the steps on demand, and without accessibility violations', async ({
    visit,
  }) => {
    const path = await findUpdate();
    await waitForSeal(path);
    for (const scheme of ['light', 'dark'] as const) {
      const page = await visit({ path, viewport: tall, scheme });
      await entryPanel(page).getByText(verified).waitFor();
      await page.getByRole('button', { name: 'How this was verified' }).click();
      await entryPanel(page).getByText('sees the log for the first time').waitFor();
      expect(await entryPanel(page).locator('.seal-steps > li').count()).toBe(6);
      await page.screenshot({ path: join(screenshots, `seal-verified-${scheme}.png`) });
      expect(await findViolations(page)).toEqual([]);
    }
  });

  it('fails in red when the API shows another entry than was sealed', async ({ visit }) => {
    const path = await findUpdate();
    await waitForSeal(path);
    for (const scheme of ['light', 'dark'] as const) {
      const prepare = change(/\/request-logs\/\w{26}$/, (entry) => ({ ...entry, role: 'Owner' }));
      const page = await visit({ path, viewport: tall, scheme, prepare });
      await alertOf(page, 'This entry is not what was sealed').waitFor();
      await shownText(page, 'The entry is not the one that was sealed.').waitFor();
      await page.screenshot({ path: join(screenshots, `seal-failed-${scheme}.png`) });
      expect(await findViolations(page)).toEqual([]);
      expect(await entryPanel(page).getByText(verified).count()).toBe(0);
    }
  });

  it('fails in red when the API changes the proof or the checkpoint', async ({ visit }) => {
    const path = await findUpdate();
    await waitForSeal(path);
    const lies = [
      ['This entry is not in the sealed log', { hashes: [] }],
      ['The sealed log is not signed with its key', { checkpoint: 'forged\n' }],
    ] as const;
    for (const [title, changes] of lies) {
      const page = await visit({ path, prepare: change(/\/proof$/, (proof) => ({ ...proof, ...changes })) });
      await alertOf(page, title).waitFor();
    }
  });

  it('fails in red when the log does not continue what the browser saw, and when its key changed', async ({
    visit,
  }) => {
    const path = await findUpdate();
    await waitForSeal(path);
    const page = await visit({ path });
    await entryPanel(page).getByText(verified).waitFor();
    const name = 'request-logs:sealed-log:acme';
    const remembered = await page.evaluate((item) => localStorage.getItem(item) ?? '', name);
    expect(JSON.parse(remembered)).toMatchObject({ key: expect.stringContaining('/acme+') });

    const created = uniqueName('sealed');
    await emit(url, [update(created)]);
    const { items } = await (await ask(url, `/request-logs?resource=${created}`, 'auditor')).json();
    const later = `/entries/${items[0].id}`;
    await waitForSeal(later);
    await page.goto(url + later);
    await entryPanel(page).getByText(verified).waitFor();
    await page.getByRole('button', { name: 'How this was verified' }).click();
    await entryPanel(page).getByText('The log continues the checkpoint of').waitFor();

    await page.evaluate(([item = '', value = '']) => localStorage.setItem(item, value), [name, remembered]);
    await page.context().route(/\/log\/consistency/, async (route) => {
      const response = await route.fetch();
      const { from, to } = await response.json();
      await route.fulfill({ response, json: { from, to, hashes: [] } });
    });
    await page.reload();
    await alertOf(page, 'The history of the sealed log was rewritten').waitFor();

    const otherKey = remembered.replace(/\+[\w+/=]{44}"/, '+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"');
    expect(otherKey).not.toBe(remembered);
    await page.evaluate(([item = '', value = '']) => localStorage.setItem(item, value), [name, otherKey]);
    await page.reload();
    await alertOf(page, 'The key of the sealed log changed').waitFor();
    await page.getByRole('button', { name: 'Accept the new key' }).click();
    await entryPanel(page).getByText(verified).waitFor();
  });

  it('waits for an entry that was just recorded, and then verifies it', async ({ visit }) => {
    const created = uniqueName('waiting');
    await emit(url, [update(created)]);
    const { items } = await (await ask(url, `/request-logs?resource=${created}`, 'auditor')).json();
    let isSealed = false;
    const page = await visit({
      path: `/entries/${items[0].id}`,
      prepare: (context) =>
        context.route(/\/proof$/, (route) =>
          isSealed
            ? route.fallback()
            : route.fulfill({
                status: 404,
                json: { code: 'NOT_SEALED', title: 'Not sealed yet', status: 404 },
              }),
        ),
    });
    await entryPanel(page).getByText('Waiting to be sealed').waitFor();
    await page.screenshot({ path: join(screenshots, 'seal-waiting.png') });
    isSealed = true;
    await entryPanel(page).getByText(verified).waitFor();
  });

  it('explains why it is missing to callers that are limited to accounts', async ({ visit }) => {
    const page = await visit({ as: 'account-operator' });
    await page.locator('table a[href^="/entries/"]').first().click();
    await entryPanel(page).getByText('your access is limited to AWS accounts').waitFor();
  });

  it('says that the browser does not support Ed25519', async ({ visit }) => {
    const path = await findUpdate();
    const page = await visit({
      path,
      prepare: (context) =>
        context.addInitScript(() => {
          if (!globalThis.isSecureContext) return;
          const importKey = crypto.subtle.importKey.bind(crypto.subtle) as (
            ...all: unknown[]
          ) => Promise<CryptoKey>;
          const replaced = (...all: unknown[]) =>
            all[2] === 'Ed25519' ? Promise.reject(new Error('not supported')) : importKey(...all);
          Object.assign(crypto.subtle, { importKey: replaced });
        }),
    });
    await entryPanel(page).getByText('This browser does not support Ed25519').waitFor();
  });
});
