// Signing in through the issuer as each persona, and what each persona can see.
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { addressOf, entryLinks, entryPanel, waitForRows } from './list-page.ts';
import { ask } from './running-stack.ts';
import { it, type PersonaName, people, signIn, url } from './visit.ts';

/** Reads everything that the browser stores for the page. */
const readStorage = 'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])';

describe('signing in', () => {
  it('redirects to the issuer with PKCE, and leaves no token in the URL, storage or history', async ({
    visit,
  }) => {
    const page = await visit({ as: null });
    const chooser = page.getByRole('link', { name: people.auditor });
    await chooser.waitFor();
    const request = new URL(page.url()).searchParams;
    expect(request.get('response_type')).toBe('code');
    expect(request.get('code_challenge_method')).toBe('S256');
    expect(request.get('code_challenge')).toMatch(/^[\w-]{43}$/);
    const exchange = page.waitForResponse((response) => response.url().endsWith('/issuer/token'));
    await signIn(page, 'auditor');
    await waitForRows(page);
    const tokens: { access_token: string } = await (await exchange).json();
    expect(tokens.access_token).toMatch(/^ey/);
    expect(addressOf(page)).toBe('/');
    const kept = String(await page.evaluate(readStorage));
    expect(kept).not.toMatch(/\bey[\w-]+\.|access_token|refresh_token/);
    expect(kept).not.toContain(tokens.access_token);
  });

  it('returns to the link of an entry, with its search', async ({ visit }) => {
    const { items } = await (
      await ask(url, '/request-logs?resource=orders-d&to=2026-11-10&action=UPDATE', 'auditor')
    ).json();
    const path = `/entries/${items[0].id}?resource=orders-d&action=UPDATE`;
    const page = await visit({ path });
    await page.getByRole('heading', { name: 'Ben Okafor updated orders-d' }).waitFor();
    expect(addressOf(page)).toBe(path);
    // A reload signs in the same user.
    await page.reload();
    await page.getByRole('heading', { name: 'Ben Okafor updated orders-d' }).waitFor();
    expect(addressOf(page)).toBe(path);
  });

  it('signs out, and shows the sign-in page', async ({ visit }) => {
    const page = await visit();
    await page.getByRole('button', { name: `Signed in as ${people.auditor}` }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('link', { name: people.admin }).waitFor();
  });

  it('reloads a page restored from the back/forward cache', async ({ visit }) => {
    const page = await visit();
    await waitForRows(page);
    const reloaded = page.waitForEvent('load');
    await page.evaluate('dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }))');
    await reloaded;
    await waitForRows(page);
  });

  it('says that the session has ended, keeps the list, and returns to it', async ({ visit }) => {
    const page = await visit({ path: '/?resource=orders-d', expected: /status of 401/ });
    await waitForRows(page);
    await page.route('**/request-logs?**', (route) =>
      route.fulfill({ status: 401, json: { message: 'Unauthorized' } }),
    );
    await page.getByRole('button', { name: 'Refresh' }).click();
    await page.getByText('Your session has ended').first().waitFor();
    await page.unroute('**/request-logs?**');
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await waitForRows(page);
    expect(addressOf(page)).toBe('/?resource=orders-d');
  });
});

describe('a persona', () => {
  /** Returns the text of the list. */
  async function listAll(page: Page) {
    await waitForRows(page);
    return page.locator('tbody').innerText();
  }

  it.for(['admin', 'auditor', 'developer'] as const)(
    '%s sees all entries of acme',
    async (persona, { visit }) => {
      const page = await visit({ as: persona, path: '/?from=2026-11-01&to=2026-11-18&order=asc' });
      const text = await listAll(page);
      expect(text).toContain('orders-d');
      expect(text).not.toContain('345678901234');
    },
  );

  it('account-operator sees only its own account', async ({ visit }) => {
    const page = await visit({ as: 'account-operator', path: '/?from=2026-11-01' });
    await waitForRows(page);
    const accounts = await page
      .locator('tbody')
      .getByText(/^\d{12}$/)
      .allInnerTexts();
    expect(new Set(accounts)).toEqual(new Set(['210987654321']));
  });

  it('globex-admin sees only globex', async ({ visit }) => {
    const page = await visit({ as: 'globex-admin', path: '/?from=2026-11-14&to=2026-11-14' });
    const text = await listAll(page);
    expect(text).toContain('cache-gx');
    expect(text).not.toContain('orders-');
  });

  it('globex-admin finds no entries of acme', async ({ visit }) => {
    const page = await visit({ as: 'globex-admin', path: '/?resource=orders-d' });
    await page.getByText('No entries match', { exact: true }).waitFor();
    expect(await entryLinks(page).count()).toBe(0);
  });

  it.for<PersonaName>(['globex-admin', 'account-operator'])(
    '%s cannot open an entry of another account or organization by its link',
    async (persona, { visit }) => {
      const { items } = await (await ask(url, '/request-logs?resource=orders-d', 'auditor')).json();
      const page = await visit({ as: persona, path: `/entries/${items[0].id}`, expected: /status of 404/ });
      await entryPanel(page).getByText('No entry has this ID').waitFor();
      expect(await entryPanel(page).getByText('orders-d').count()).toBe(0);
    },
  );

  it('viewer sees which permission is missing and who can grant it', async ({ visit }) => {
    const page = await visit({ as: 'viewer', expected: /status of 403/ });
    await page.getByRole('heading', { name: 'You do not have access to request logs' }).waitFor();
    const text = await page.locator('main').innerText();
    expect(text).toContain('request-logs:read');
    expect(text).toContain('ask a MayaOps administrator of your organization');
    expect(text).toContain(people.viewer);
    expect(await entryLinks(page).count()).toBe(0);
    await page.getByRole('button', { name: 'Sign in as a different user' }).click();
    await signIn(page, 'auditor');
    await waitForRows(page);
  });
});
