// Exports. A headless browser cannot show the file picker, so some tests remove it, as in browsers that lack it, and
// another replaces it with a file in the browser's private file system.
import type { BrowserContext, Download, Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { waitForRows } from './list-page.ts';
import { ask } from './running-stack.ts';
import { it, url } from './visit.ts';

const query = 'from=2026-11-01&to=2026-11-20&action=UPDATE&action=CREATE';

const withoutPicker = (context: BrowserContext) =>
  context.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));

/** The page exports CSV for spreadsheets. */
const parametersOf = (format: string) => `format=${format}${format === 'csv' ? '&spreadsheet=true' : ''}`;

/** Returns the concatenated pages of the API's export. */
async function exportAllPages(format: string): Promise<string> {
  let text = '';
  for (let cursor: string | null = ''; cursor !== null; ) {
    const more: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const answer = await ask(url, `/request-logs/export?${parametersOf(format)}&${query}${more}`, 'auditor');
    expect(answer.status).toBe(200);
    text += await answer.text();
    cursor = answer.headers.get('x-next-cursor');
  }
  return text;
}

async function readDownload(download: Download): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

async function openDialog(page: Page, format: 'CSV' | 'NDJSON') {
  await waitForRows(page);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: format }).check();
  return dialog;
}

/** Limits export pages to 20 entries. Holds each page after the first until the returned function is called. */
async function holdPages(page: Page) {
  let release = () => {};
  await page.route('**/request-logs/export?**', async (route) => {
    const small = new URL(route.request().url());
    small.searchParams.set('limit', '20');
    if (small.searchParams.has('cursor')) {
      await new Promise<void>((resolve) => {
        release = resolve;
      });
    }
    await route.fulfill({ response: await route.fetch({ url: small.href }) }).catch(() => {});
  });
  return () => release();
}

describe('an export', () => {
  it.for(['CSV', 'NDJSON'] as const)(
    'saves exactly what the API returns for the current filters, as %s',
    async (format, { visit }) => {
      const page = await visit({ path: `/?${query}`, prepare: withoutPicker });
      const dialog = await openDialog(page, format);
      const downloading = page.waitForEvent('download');
      await dialog.getByRole('button', { name: `Export ${format}` }).click();
      const download = await downloading;
      await dialog.getByText('Export complete', { exact: true }).waitFor();
      expect(download.suggestedFilename()).toMatch(new RegExp(`\\.${format.toLowerCase()}$`));
      const saved = await readDownload(download);
      expect(saved).toBe(await exportAllPages(format.toLowerCase()));
      expect(saved).toContain('orders-d');
    },
  );

  it('streams to disk where the browser supports it', async ({ visit }) => {
    const page = await visit({
      path: `/?${query}`,
      prepare: (context) =>
        context.addInitScript(() => {
          const pick = async ({ suggestedName }: { suggestedName: string }) =>
            (await navigator.storage.getDirectory()).getFileHandle(suggestedName, { create: true });
          Object.assign(window, { showSaveFilePicker: pick });
        }),
    });
    const dialog = await openDialog(page, 'NDJSON');
    await dialog.getByRole('button', { name: 'Export NDJSON' }).click();
    await dialog.getByText('Export complete', { exact: true }).waitFor();
    const saved = await page.evaluate(async () => {
      for await (const handle of (await navigator.storage.getDirectory()).values()) {
        if (handle instanceof FileSystemFileHandle) return (await handle.getFile()).text();
      }
      return '';
    });
    expect(saved).toBe(await exportAllPages('ndjson'));
  });

  it('shows its progress, and leaves no file when it is canceled', async ({ visit }) => {
    const page = await visit({ path: '/?last=31d', prepare: withoutPicker });
    const release = await holdPages(page);
    let downloads = 0;
    page.on('download', () => {
      downloads += 1;
    });
    const dialog = await openDialog(page, 'CSV');
    await dialog.getByRole('button', { name: 'Export CSV' }).click();
    await dialog.getByText(/^20 entries, /).waitFor();
    await dialog.getByRole('progressbar').waitFor();
    await dialog.getByRole('button', { name: 'Cancel export' }).click();
    release();
    await dialog.getByText('Export canceled').waitFor();
    await dialog.getByText(/Exported so far: 20 entries.*No file was saved/).waitFor();
    expect(downloads).toBe(0);
  });

  it('keeps the focus in the dialog, so that Esc closes it', async ({ visit }) => {
    const page = await visit({ path: `/?${query}`, prepare: withoutPicker });
    const dialog = await openDialog(page, 'CSV');
    await dialog.getByRole('button', { name: 'Export CSV' }).click();
    await dialog.getByText('Export complete', { exact: true }).waitFor();
    const isFocusInside = () =>
      page.evaluate(() => document.activeElement?.closest('[role=dialog]') instanceof HTMLElement);
    await expect.poll(isFocusInside).toBe(true);
    await page.keyboard.press('Escape');
    await expect.poll(() => dialog.count()).toBe(0);
  });

  it('resumes where a failure stopped it', async ({ visit }) => {
    const page = await visit({ path: `/?${query}`, prepare: withoutPicker, expected: /status of 500/ });
    let isFailing = true;
    await page.route('**/request-logs/export?**', async (route) => {
      const small = new URL(route.request().url());
      small.searchParams.set('limit', '20');
      if (isFailing && small.searchParams.has('cursor')) await route.fulfill({ status: 500, json: {} });
      else await route.fulfill({ response: await route.fetch({ url: small.href }) });
    });
    const dialog = await openDialog(page, 'NDJSON');
    await dialog.getByRole('button', { name: 'Export NDJSON' }).click();
    await dialog.getByText('The export stopped').waitFor();
    isFailing = false;
    const downloading = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Resume' }).click();
    const download = await downloading;
    await dialog.getByText('Export complete', { exact: true }).waitFor();
    expect(await readDownload(download)).toBe(await exportAllPages('ndjson'));
  });

  it('is not offered without the permission, which the dialog names', async ({ visit }) => {
    const page = await visit({ as: 'developer', expected: /status of 403/ });
    await waitForRows(page);
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('You do not have permission to export entries').waitFor();
    await dialog.getByText(/need the permission request-logs:export/).waitFor();
    expect(await dialog.getByRole('button', { name: /^Export/ }).count()).toBe(0);
    expect(await dialog.getByRole('radio').count()).toBe(0);
  });
});
