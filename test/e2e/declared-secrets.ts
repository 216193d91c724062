// Tests that the declared secrets of an event are never visible: on the bus, in tables, queues and logs, in the
// API and its exports, and on the page.
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entryAttributes } from '../../core/storage/table-attributes.ts';
import { createEmitter, type ServiceEvent, seal, secret } from '../../emitter/index.ts';
import { localAccountId, localRegion } from '../../local/shared/environment.ts';
import { unpackDetail } from '../../store/detail-codec.ts';
import { launchOptions } from '../browser/chromium.ts';
import { entryPanel, waitForRows } from '../browser/list-page.ts';
import { encodings } from '../core/redaction/declared/encodings.ts';
import { readingsOf, windowsOf } from '../core/redaction/declared/readings.ts';
import { makeEvent } from '../support/fixtures.ts';
import { Harness } from './harness.ts';

/** Values that no rule detects in these events. */
const values = ['Regen 24 Zaun & "Wal"', "kachel-ofen's tuer", 'Zwetschge\nMirabelle', '4711-0815-2342'];

/** An update with the values, in plain text and encoded, in every field that can contain a declared secret. */
function detailWith(eventId: string, mark: (value: string) => unknown, changes: object = {}): object {
  const base = makeEvent({ eventId, occurredAt: new Date().toISOString() }).detail;
  const texts = Object.entries(encodings).map(([name, encode], index) => [
    name,
    `is ${encode(values[index % values.length] ?? '')} now`,
  ]);
  return {
    ...base,
    target: { ...base.target, id: `res-${eventId}`, name: eventId },
    actor: { ...base.actor, userAgent: `console (${values[0]})` },
    reason: `rotated ${values.join(', ')}`,
    before: { size: 1, own: {}, notes: {} },
    after: {
      size: 2,
      own: Object.fromEntries(values.map((value, index) => [`field${index}`, mark(value)])),
      notes: Object.fromEntries(texts),
      keys: Object.fromEntries(values.map((value) => [`of ${value}`, 1])),
    },
    ...changes,
  };
}

const secretPaths = ['/after/own/*'];

/** The event in a file, as a service without the emitter sends it to the bus. */
function rawEvent(eventId: string, changes: object = {}): object {
  return { ...makeEvent({ eventId }), detail: detailWith(eventId, String, { secretPaths, ...changes }) };
}

export function describeDeclaredSecrets(): void {
  describe('declared secrets, end to end', () => {
    let harness: Harness;
    let browser: Browser;
    let sent: string[];

    beforeAll(async () => {
      [harness, browser] = await Promise.all([Harness.start(), chromium.launch(launchOptions)]);
      sent = await emitAsServices(harness);
      expect((await harness.emit([rawEvent('file')])).code).toBe(0);
      const raw = [
        rawEvent('raw'),
        rawEvent('broken', { region: 'nowhere', [values[0] ?? '']: values[1] }),
        rawEvent('denied', { organizationId: 'globex', occurredAt: '2031-01-01T00:00:00Z' }),
        rawEvent('unmatched', { secretPaths: ['/after/absent', ...secretPaths] }),
      ];
      expect((await harness.emit(raw, '--raw')).code).toBe(0);
      await harness.emit([rawEvent('raw', { requestId: 'conflict' })], '--raw');
    });
    afterAll(async () => {
      await browser?.close();
      await harness?.stop();
    });

    it('records the events, and rejects the invalid ones', async () => {
      const { body } = await harness.get('/request-logs');
      const names = body.items.map((item: { target: { name: string } }) => item.target.name);
      expect(names.sort()).toEqual(['file', 'marked', 'paths', 'raw', 'values']);
      const codes = harness.rejections().map(({ reasons }) => reasons[0]?.code);
      expect(codes.sort()).toEqual(['CONFLICT', 'INVALID_VALUE', 'INVALID_VALUE', expect.any(String)]);
    });

    it('stores with each entry that secrets were declared, but not where', async () => {
      for (const id of await harness.ids('')) {
        const { body } = await harness.get(`/request-logs/${id}`);
        expect(body).toMatchObject({ secretsDeclared: true, after: { size: 2 } });
        expect(JSON.stringify(body)).not.toContain('secretPaths');
        expect(Object.values(body.after.own)).toEqual(
          values.map(() => expect.stringMatching(/^\[REDACTED:\d\]$/)),
        );
      }
    });

    it('treats a resend that declares its secrets as a duplicate', async () => {
      const undeclared = makeEvent({ eventId: 'resent', detail: { after: { label: 'Quitte 77' } } });
      const declared = { ...undeclared, detail: { ...undeclared.detail, secretPaths: ['/after/label'] } };
      const [entries, rejections] = [(await harness.ids('')).length, harness.rejections().length];
      await harness.emit([undeclared], '--raw');
      await harness.emit([declared], '--raw');
      expect(await harness.ids('')).toHaveLength(entries + 1);
      expect(harness.rejections()).toHaveLength(rejections);
    });

    it('leaves no part of a declared secret on the bus, in tables, queues, logs or responses', async () => {
      const ids = await harness.ids('');
      const token = await harness.stack.token('admin');
      const read = async (path: string) => {
        const response = await fetch(`${harness.stack.url}${path}`, {
          headers: { authorization: `Bearer ${token}` },
        });
        expect(response.status, path).toBe(200);
        return response.text();
      };
      const items = await harness.items();
      const details = items.flatMap((item) => {
        const stored = (item[entryAttributes.detail] as { B?: Uint8Array } | undefined)?.B;
        return stored === undefined ? [] : [unpackDetail(stored)];
      });
      // The conflicting event is kept as a dispute of the entry.
      expect(details).toHaveLength(ids.length + 1);
      const outputs = {
        sent: sent.join('\n'),
        items: JSON.stringify(items),
        details: details.join('\n'),
        rejected: harness.messages('Rejected').join('\n'),
        'dead letters': harness.messages('DeadLetters').join('\n'),
        logs: harness.logs(),
        list: await read('/request-logs'),
        entries: (await Promise.all(ids.map((id) => read(`/request-logs/${id}`)))).join('\n'),
        csv: await read('/request-logs/export?format=csv'),
        ndjson: await read('/request-logs/export?format=ndjson'),
      };
      expect(outputs['dead letters']).toBe('');
      for (const [name, output] of Object.entries(outputs)) {
        if (name !== 'dead letters') expect(output.length, name).toBeGreaterThan(1000);
        expect(partsIn(output), name).toEqual([]);
      }
    });

    it('shows no part of a declared secret on the page, and shows that the service declared secrets', async () => {
      const { body } = await harness.get('/request-logs?resource=raw');
      const page = await signIn(browser, harness.stack.url, '/');
      await waitForRows(page);
      expect(shownParts(await page.content())).toEqual([]);
      await page.goto(`${harness.stack.url}/entries/${body.items[0].id}`);
      await entryPanel(page).getByText('Declared by the service and hidden').waitFor({ state: 'attached' });
      expect(
        await entryPanel(page)
          .getByText(/redacted \d/)
          .count(),
      ).toBeGreaterThan(values.length);
      await entryPanel(page).getByText('Redacted values are secrets that were removed').waitFor();
      expect(shownParts(await page.content())).toEqual([]);
      await page.context().close();
    });
  });
}

/** Emits events through the emitter with every kind of declaration, and returns what it sends. */
async function emitAsServices(harness: Harness): Promise<string[]> {
  const emitter = createEmitter({
    eventBusName: 'request-logs-local',
    clientConfig: {
      endpoint: harness.stack.url,
      region: localRegion,
      credentials: { accessKeyId: localAccountId, secretAccessKey: 'local' },
    },
  });
  const detailType = 'Resource Updated';
  const events = [
    { detailType, detail: detailWith('marked', secret) },
    { detailType, detail: detailWith('values', String), secretValues: values },
    { detailType, detail: detailWith('paths', String), secretPaths },
  ] as unknown as ServiceEvent[];
  const sealed = events.map((event) => seal(event));
  const results = await emitter.send(sealed);
  expect(results.map(({ status }) => status)).toEqual(['published', 'published', 'published']);
  await harness.drain();
  return sealed.map((event) => JSON.stringify(event));
}

const parts = values.flatMap((value) => windowsOf(value, 8));

/** The parts of declared values in an output, in plain text or encoded. */
function partsIn(output: string): string[] {
  const readings = [...readingsOf(output.split('\n').map(parseLine))].join('\0');
  return parts.filter((part) => readings.includes(part));
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
}

const shownParts = (html: string) => parts.filter((part) => html.includes(part));

async function signIn(browser: Browser, url: string, path: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, timezoneId: 'UTC' });
  const page = await context.newPage();
  await page.goto(url + path);
  await page.getByRole('link', { name: 'Asha Rao' }).click();
  await page.getByRole('heading', { name: 'Request Logs', level: 1 }).waitFor();
  return page;
}
