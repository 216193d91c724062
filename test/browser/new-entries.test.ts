// Entries that arrive while the list is open.
import { describe, expect } from 'vitest';
import { uniqueName, update } from './events.ts';
import { entryLinks, rowOf, waitForRows } from './list-page.ts';
import { emit } from './running-stack.ts';
import { it, url } from './visit.ts';

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

describe('new entries', () => {
  it('wait behind a button, and do not move the list', async ({ visit }) => {
    const name = uniqueName('follow');
    const page = await visit({ path: '/?last=31d' });
    await waitForRows(page);
    await page.mouse.move(700, 600);
    const scrolled = page.evaluate(
      () => new Promise<void>((done) => document.addEventListener('scrollend', () => done(), { once: true })),
    );
    await page.mouse.wheel(0, 900);
    await scrolled;
    expect(await page.evaluate(() => window.scrollY)).toBeGreaterThan(300);
    const read = entryLinks(page).nth(20);
    const text = await read.innerText();
    const place = await read.boundingBox();
    await emit(url, [update(name), update(name), update(name)]);
    const button = page.getByRole('button', { name: /^\d+ new entries/ });
    await button.waitFor();
    expect(await entryLinks(page, name).count()).toBe(0);
    expect(await read.innerText()).toBe(text);
    expect(await read.boundingBox()).toEqual(place);
    await button.click();
    await expect.poll(() => entryLinks(page, name).count()).toBe(3);
    expect(await rowOf(page, name).innerText()).toContain('New');
  });

  it('that belong further down are marked as late, and are not missed', async ({ visit }) => {
    const name = uniqueName('tardy');
    await emit(url, [update(name, { occurredAt: minutesAgo(0.3) })]);
    const page = await visit({ path: `/?resource=${name}` });
    await waitForRows(page);
    await emit(url, [update(name, { occurredAt: minutesAgo(0.7) }), update(name)]);
    const button = page.getByRole('button', { name: /new entr/ });
    await expect.poll(() => button.innerText()).toBe('2 new entries, 1 late');
    await button.click();
    await expect.poll(() => entryLinks(page, name).count()).toBe(3);
    const times = await page
      .locator('tbody time')
      .evaluateAll((all) => all.map((time) => time.getAttribute('datetime')));
    expect(times).toEqual([...times].sort().reverse());
  });

  it('that do not match the filters are not announced', async ({ visit }) => {
    const [name, other] = [uniqueName('mine'), uniqueName('other')];
    await emit(url, [update(name)]);
    const page = await visit({ path: `/?resource=${name}` });
    await waitForRows(page);
    await emit(url, [update(other), update(name)]);
    await page.getByRole('button', { name: '1 new entry', exact: true }).waitFor();
    expect(await entryLinks(page).count()).toBe(1);
  });
});
