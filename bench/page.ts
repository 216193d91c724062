// `npm run bench:page` measures load times of the dashboard in Chromium with its own local stack and 10,000 entries
// (`-- --entries N` for another number). Prints the results and writes page.json. Asserts nothing.
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { Page as ListPage } from '../core/search/page.ts';
import { launchOptions, requireChromium } from '../test/browser/chromium.ts';
import { generateHistory, update } from '../test/browser/events.ts';
import { ask, emit, publish, startStack } from '../test/browser/running-stack.ts';
import { createRandom } from './random.ts';
import { quantile, round } from './statistics.ts';

const { values: options } = parseArgs({ options: { entries: { type: 'string', default: '10000' } } });
const entries = Number(options.entries);
/** Events published before waiting for the queue to drain, so that it stays short. */
const eventsPerRound = 500;
const openings = 20;
const followedEvents = 200;
/** Pauses between followed events, so that they occur at any time between two polls of the page. */
const pauseMillis = { min: 100, max: 500 };
/** How long to wait for the last followed event. */
const timeoutMillis = 60_000;

const firstRow = 'table a[href^="/entries/"]';

/**
 * Makes the tab remember a persona, so that the local issuer signs it in without a prompt, as in an existing session.
 */
const rememberUser = `sessionStorage.setItem('request-logs:last-user', 'u-4001')`;

/** Clicks the button for new entries when it appears, and records when each name was first listed. */
const stampRows = `
  window.seen = {};
  new MutationObserver(() => {
    for (const button of document.querySelectorAll('button'))
      if (/new entr/.test(button.textContent)) button.click();
    for (const link of document.querySelectorAll('${firstRow}')) seen[link.textContent.trim()] ??= Date.now();
  }).observe(document.body, { childList: true, subtree: true });
`;

async function fill(url: string): Promise<void> {
  const events = [...generateHistory(entries, ['acme'])];
  for (let at = 0; at < events.length; at += eventsPerRound) {
    await emit(url, events.slice(at, at + eventsPerRound));
    process.stdout.write(`\r${Math.min(at + eventsPerRound, events.length)} of ${entries} entries `);
  }
  process.stdout.write('\n');
}

async function time(action: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}

/** Measures from opening the page to the first row, including sign-in: with an empty browser cache, and reloaded. */
async function measureOpening(browser: Browser, url: string) {
  const first: number[] = [];
  const again: number[] = [];
  for (let opening = 0; opening < openings; opening += 1) {
    const context = await browser.newContext();
    await context.addInitScript(rememberUser);
    const page = await context.newPage();
    const waitForRow = () => page.locator(firstRow).first().waitFor();
    first.push(await time(() => page.goto(url, { waitUntil: 'commit' }).then(waitForRow)));
    again.push(await time(() => page.reload({ waitUntil: 'commit' }).then(waitForRow)));
    await context.close();
  }
  return { first: figures(first), again: figures(again) };
}

/**
 * Measures from emitting an event to its row in an open list, with an immediate click on the button, and to its entry.
 */
async function measureFollowing(browser: Browser, url: string) {
  const context = await browser.newContext();
  await context.addInitScript(rememberUser);
  const page = await context.newPage();
  await page.goto(url);
  await page.locator(firstRow).first().waitFor();
  await page.evaluate(stampRows);
  const prefix = `follow-${randomUUID().slice(0, 6)}-`;
  const random = createRandom(1);
  const emittedAt = new Map<string, number>();
  for (let number = 0; number < followedEvents; number += 1) {
    const name = `${prefix}${number}`;
    emittedAt.set(name, Date.now());
    await publish(url, [update(name)]);
    await pause(pauseMillis.min + random() * (pauseMillis.max - pauseMillis.min));
  }
  const seen = await readSeen(page, prefix);
  const recorded = await readRecorded(url, prefix);
  const since = (times: ReadonlyMap<string, number>) =>
    [...emittedAt].flatMap(([name, at]) => {
      const then = times.get(name);
      return then === undefined ? [] : [then - at];
    });
  await context.close();
  return { visible: figures(since(seen)), recorded: figures(since(recorded)) };
}

/** Waits until all names are listed, and returns when each was first listed. */
async function readSeen(page: Page, prefix: string): Promise<Map<string, number>> {
  const deadline = Date.now() + timeoutMillis;
  for (;;) {
    const seen: Record<string, number> = await page.evaluate('window.seen');
    const followed = Object.entries(seen).filter(([name]) => name.startsWith(prefix));
    if (followed.length === followedEvents) return new Map(followed);
    if (Date.now() > deadline)
      throw new Error(`only ${followed.length} of ${followedEvents} events are listed after a minute`);
    await pause(200);
  }
}

async function readRecorded(url: string, prefix: string): Promise<Map<string, number>> {
  const recorded = new Map<string, number>();
  for (let cursor: string | null = ''; cursor !== null; ) {
    const more: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const answer = await ask(url, `/request-logs?limit=200&resource=${prefix}*${more}`, 'auditor');
    const page = (await answer.json()) as ListPage;
    for (const { target, recordedAt } of page.items) recorded.set(target.name, Date.parse(recordedAt));
    cursor = page.nextCursor;
  }
  return recorded;
}

function figures(millis: readonly number[]) {
  return {
    count: millis.length,
    medianMillis: round(quantile(millis, 0.5), 0),
    p99Millis: round(quantile(millis, 0.99), 0),
  };
}

function pause(millis: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, millis));
}

requireChromium();
const stack = await startStack();
const browser = await chromium.launch(launchOptions);
try {
  await fill(stack.url);
  const opening = await measureOpening(browser, stack.url);
  const following = await measureFollowing(browser, stack.url);
  const results = {
    date: new Date().toISOString().slice(0, 10),
    node: process.version,
    chromium: browser.version(),
    cpus: `${cpus().length} × ${cpus()[0]?.model}`,
    entries,
    opening,
    following,
  };
  writeFileSync(join(import.meta.dirname, 'page.json'), `${JSON.stringify(results, null, 2)}\n`);
  const describe = ({ medianMillis, p99Millis, count }: ReturnType<typeof figures>) =>
    `median ${medianMillis} ms, 99th percentile ${p99Millis} ms (${count})`;
  console.log(`From opening the page to the first row of ${entries.toLocaleString('en')} entries:
  nothing cached  ${describe(opening.first)}
  opened again    ${describe(opening.again)}
From emitting an event to
  its recording   ${describe(following.recorded)}
  its row         ${describe(following.visible)}`);
} finally {
  await browser.close();
  await stack.stop();
}
