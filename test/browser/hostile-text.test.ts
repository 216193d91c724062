// Injection attempts in every text that a service controls. Each visit fails on a dialog, a console error (including
// Content-Security-Policy violations) or a request to another origin. These tests also check for the payloads' side effects.
import { beforeAll, describe, expect } from 'vitest';
import { linePayloads, multiLine } from '../attacks/payloads.ts';
import { uniqueName, update } from './events.ts';
import { entryLinks, entryPanel } from './list-page.ts';
import { ask, emit } from './running-stack.ts';
import { it, url } from './visit.ts';

const service = uniqueName('hostile');

/** Creates an update in which every text that a service controls is this line. */
function hostile(line: string): object {
  const state = (value: string) => ({
    engine: line,
    tags: [{ name: line, value }],
    nested: { [`${line} key`]: { value } },
    notes: `${value}\n${multiLine.join('\n')}`,
  });
  const event = update(line, {
    detail: {
      actor: {
        userId: line,
        name: line,
        email: line,
        type: 'user',
        role: line,
        sourceIp: line.slice(0, 64),
        userAgent: line,
      },
      target: { kind: 'RESOURCE', type: 'rds', id: 'res-1', name: line, serviceName: service },
      before: state('old'),
      after: state(`new ${line}`),
      reason: multiLine[0],
      authorization: { permission: line, decision: 'ALLOWED' },
      environment: line,
      requestId: line,
      traceId: line,
    },
  }) as { detail: { target: { id: string } } };
  event.detail.target.id = line;
  return event;
}

describe('hostile text', () => {
  beforeAll(() => emit(url, linePayloads.map(hostile)), 240_000);

  const path = `/?service=${encodeURIComponent(service)}`;
  const isUntouched =
    '[window.attacked === undefined, document.querySelectorAll("iframe, svg[onload], img").length]';

  it('stays text in the list', async ({ visit }) => {
    const page = await visit({ path });
    await expect.poll(() => entryLinks(page).count()).toBe(linePayloads.length);
    expect(await page.evaluate(isUntouched)).toEqual([true, 0]);
    const text = await page.locator('tbody').innerText();
    expect(text).toContain('<script>window.attacked=1</script>');
    // Invisible and bidirectional control characters are escaped.
    expect(text).not.toMatch(/[\u202e\u2066\u200b\ufeff]/);
  });

  it('stays text in the filter and its suggestions', async ({ visit }) => {
    const page = await visit({ path });
    const filter = page.getByRole('combobox', { name: 'Filter entries' });
    await filter.fill('<script>');
    await page
      .getByRole('option', { name: /<script>/ })
      .first()
      .click();
    await expect.poll(() => entryLinks(page).count()).toBe(1);
    expect(await page.evaluate(isUntouched)).toEqual([true, 0]);
  });

  it('stays text in the entry', async ({ visit }) => {
    const { items } = await (
      await ask(url, `/request-logs?limit=200&service=${encodeURIComponent(service)}`, 'auditor')
    ).json();
    expect(items).toHaveLength(linePayloads.length);
    const page = await visit({ path: `/entries/${items[0].id}${path.slice(1)}` });
    for (const step of items.keys()) {
      await entryPanel(page)
        .getByRole('heading', { name: /changes?$/ })
        .waitFor();
      if (step % 5 === 0) await entryPanel(page).getByRole('button', { name: 'State after' }).click();
      expect(await page.evaluate(isUntouched)).toEqual([true, 0]);
      if (step < items.length - 1) await page.getByRole('button', { name: 'Next entry' }).click();
      await expect.poll(() => page.url()).toContain(items[Math.min(step + 1, items.length - 1)].id);
    }
  });
});
