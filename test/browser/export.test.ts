// Saving what the filters find. The dialog in which a person chooses a file is the one thing that a browser without a
// window does not have: one test takes it away, as in browsers that lack it, another answers it with a file of the
// browser's private file system.
import type { BrowserContext, Download, Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { waitForRows } from './list-page.ts';
import { ask } from './running-stack.ts';
import { it, url } from './visit.ts';

const query = 'from=2026-11-01&to=2026-11-20&action=UPDATE&action=CREATE';

const withoutPicker = (context: BrowserContext) =>
  context.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));

/** What the API gives for all pages together. */
async function exportWhole(format: string): Promise<string> {
  let text = '';
  for (let cursor: string | null = ''; cursor !== null; ) {
    const more: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const answer = await ask(url, `/request-logs/export?format=${format}&${query}${more}`, 'auditor');
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

/** Makes pages of the export small, so that there are several; holds each until it is let go. */
async function holdPages(page: Page) {
  let letGo = () => {};
  await page.route('**/request-logs/export?**', async (route) => {
    const small = new URL(route.request().url());
    small.searchParams.set('limit', '20');
    if (small.searchParams.has('cursor')) {
      await new Promise<void>((resolve) => {
        letGo = resolve;
      });
    }
    await route.fulfill({ response: await route.fetch({ url: small.href }) }).catch(() => {});
  });
  return () => letGo();
}

describe('an export', () => {
  it.for(['CSV', 'NDJSON'] as const)(
    'saves the current filters as %s, to the byte',
    async (format, { visit }) => {
      const page = await visit({ path: `/?${query}`, prepare: withoutPicker });
      const dialog = await openDialog(page, format);
      const downloading = page.waitForEvent('download');
      await dialog.getByRole('button', { name: `Export ${format}` }).click();
      const download = await downloading;
      await dialog.getByText('Exported', { exact: true }).waitFor();
      expect(download.suggestedFilename()).toMatch(new RegExp(`\\.${format.toLowerCase()}$`));
      const saved = await readDownload(download);
      expect(saved).toBe(await exportWhole(format.toLowerCase()));
      expect(saved).toContain('orders-d');
    },
  );

  it('is written to disk as it comes, where the browser can', async ({ visit }) => {
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
    await dialog.getByText('Exported', { exact: true }).waitFor();
    const saved = await page.evaluate(async () => {
      for await (const handle of (await navigator.storage.getDirectory()).values()) {
        if (handle instanceof FileSystemFileHandle) return (await handle.getFile()).text();
      }
      return '';
    });
    expect(saved).toBe(await exportWhole('ndjson'));
  });

  it('shows how far it is, and leaves no file when it is cancelled', async ({ visit }) => {
    const page = await visit({ path: '/?last=31d', prepare: withoutPicker });
    const letGo = await holdPages(page);
    let downloads = 0;
    page.on('download', () => {
      downloads += 1;
    });
    const dialog = await openDialog(page, 'CSV');
    await dialog.getByRole('button', { name: 'Export CSV' }).click();
    await dialog.getByText(/^20 entries, /).waitFor();
    await dialog.getByRole('progressbar').waitFor();
    await dialog.getByRole('button', { name: 'Cancel the export' }).click();
    letGo();
    await dialog.getByText('Cancelled: no file was saved').waitFor();
    await dialog.getByText(/It had read 20 entries/).waitFor();
    expect(downloads).toBe(0);
  });

  it('goes on where a failure stopped it', async ({ visit }) => {
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
    await dialog.getByText('The export has stopped').waitFor();
    isFailing = false;
    const downloading = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Go on' }).click();
    const download = await downloading;
    await dialog.getByText('Exported', { exact: true }).waitFor();
    expect(await readDownload(download)).toBe(await exportWhole('ndjson'));
  });

  it('is not offered to those who may not: the dialog names the permission that it needs', async ({
    visit,
  }) => {
    const page = await visit({ as: 'developer', expected: /status of 403/ });
    await waitForRows(page);
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('You may not export entries').waitFor();
    await dialog.getByText(/needs the permission request-logs:export/).waitFor();
    expect(await dialog.getByRole('button', { name: /^Export/ }).count()).toBe(0);
    expect(await dialog.getByRole('radio').count()).toBe(0);
  });
});
