// Saved views, and links to the current search.
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { uniqueName } from './events.ts';
import { addressOf, waitForRows } from './list-page.ts';
import { it } from './visit.ts';

async function openViews(page: Page) {
  await waitForRows(page);
  await page.getByRole('button', { name: 'Views', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Saved views' });
  await dialog.getByRole('heading', { name: /Your views/ }).waitFor();
  return dialog;
}

describe('saved views', () => {
  it('save a search, open it later, rename it, and delete it', async ({ visit }) => {
    const page = await visit({
      as: 'developer',
      path: '/?action=UPDATE&last=90d&order=asc',
      expected: /409/,
    });
    const dialog = await openViews(page);
    const name = uniqueName('Updates');
    await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
    expect(await dialog.getByText('Share in your organization').count()).toBe(0);
    await dialog.getByRole('button', { name: 'Save view' }).click();
    await dialog.getByRole('button', { name: `Open view: ${name}` }).waitFor();
    await dialog.getByRole('textbox', { name: 'Name' }).fill(name.toUpperCase());
    await dialog.getByRole('button', { name: 'Save view' }).click();
    await dialog.getByText('Another view has this name.').waitFor();
    await page.goto(new URL('/?action=DELETE', page.url()).href);
    const again = await openViews(page);
    await again.getByRole('button', { name: `Rename: ${name}` }).click();
    await again.getByRole('textbox', { name: `New name of ${name}` }).fill(`${name} 2`);
    await again.getByRole('button', { name: `Save name: ${name}` }).click();
    await again.getByRole('button', { name: `Open view: ${name} 2` }).click();
    await expect.poll(() => addressOf(page)).toBe('/?action=UPDATE&last=90d&order=asc');
    const last = await openViews(page);
    await last.getByRole('button', { name: `Delete: ${name} 2` }).click();
    await last.getByRole('button', { name: `Confirm deletion: ${name} 2` }).click();
    await expect.poll(() => last.getByRole('button', { name: `Open view: ${name} 2` }).count()).toBe(0);
  }, 180_000);

  it('are shared by callers with the permission', async ({ visit }) => {
    const name = uniqueName('Shared');
    const admin = await openViews(await visit({ as: 'admin', path: '/?verdict=DENIED' }));
    await admin.getByRole('textbox', { name: 'Name' }).fill(name);
    await admin.getByText('Share in your organization').click();
    await admin.getByRole('button', { name: 'Save view' }).click();
    await admin.getByRole('button', { name: `Open view: ${name}` }).waitFor();
    const developer = await openViews(await visit({ as: 'developer' }));
    await developer.getByRole('button', { name: `Open view: ${name}` }).waitFor();
    expect(await developer.getByRole('button', { name: `Delete: ${name}` }).count()).toBe(0);
  }, 180_000);

  it('copy a link with frozen times', async ({ visit }) => {
    const page = await visit({ path: '/?last=90d', permissions: ['clipboard-read', 'clipboard-write'] });
    const dialog = await openViews(page);
    await dialog.getByRole('button', { name: 'Copy link with frozen times' }).click();
    await dialog.getByText('Copied').first().waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    const { origin, searchParams } = new URL(link);
    expect(origin).toBe(new URL(page.url()).origin);
    expect([...searchParams.keys()].slice(0, 3)).toEqual(['from', 'to', 'recordedTo']);

    // Someone else who opens it later sees the same number.
    const totals = (one: Page) => one.getByText(/ done .*compared with the previous period/).first();
    const colleague = await visit({ as: 'admin', path: link.slice(origin.length) });
    await page.goto(link);
    expect(await totals(page).innerText()).toBe(await totals(colleague).innerText());
  });
});
