// Test fixture that visits the page in a separate browser context and signs in by clicking. A test fails if the page
// logs an error, violates its Content-Security-Policy, opens a browser dialog, or sends a request to another origin.
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { it as base, expect, inject } from 'vitest';

/** Names of the local issuer's personas, as shown on its sign-in page. */
export const people = {
  admin: 'Asha Rao',
  auditor: 'Noor Haddad',
  developer: 'Ben Okafor',
  'account-operator': 'Mei Tanaka',
  viewer: 'Ivo Marsh',
  'globex-admin': 'Jonas Weber',
} as const;
export type PersonaName = keyof typeof people;

export interface VisitOptions {
  /** The persona that signs in. `null` stays on the sign-in page. @default auditor */
  readonly as?: PersonaName | null;
  /** @default / */
  readonly path?: string;
  /** @default light */
  readonly scheme?: 'light' | 'dark';
  /** @default 1440 x 900 */
  readonly viewport?: { readonly width: number; readonly height: number };
  /** IANA name. @default UTC */
  readonly timezoneId?: string;
  readonly permissions?: string[];
  /** Console errors that the visit expects, such as that of a response with status 403. */
  readonly expected?: RegExp;
  /** Prepares the browser before the page is loaded. */
  readonly prepare?: (context: BrowserContext) => Promise<unknown>;
}

export type Visit = (options?: VisitOptions) => Promise<Page>;

/** Timeout for each step, long enough for a busy machine. */
const timeoutMillis = 60_000;

/** URL of the page and its API. */
export const url = inject('url');

let connection: Promise<Browser> | undefined;

export const it = base.extend<{ visit: Visit }>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the fixture's dependencies from the pattern
  visit: async ({}, use) => {
    const contexts: BrowserContext[] = [];
    const problems: string[] = [];
    await use(async (options = {}) => {
      connection ??= chromium.connect(inject('browser'));
      const { context, page } = await open(await connection, options, (problem) => problems.push(problem));
      contexts.push(context);
      return page;
    });
    // Errors from requests aborted by closing are ignored.
    const found = [...problems];
    await Promise.all(contexts.map(leave));
    expect(found).toEqual([]);
  },
});

async function leave(context: BrowserContext): Promise<void> {
  const routed = [context, ...context.pages()];
  await Promise.all(routed.map((one) => one.unrouteAll({ behavior: 'ignoreErrors' })));
  await context.close();
}

async function open(browser: Browser, options: VisitOptions, report: (problem: string) => void) {
  const { as = 'auditor', path = '/', scheme = 'light', viewport, expected, permissions = [] } = options;
  const context = await browser.newContext({
    viewport: viewport ?? { width: 1440, height: 900 },
    colorScheme: scheme,
    timezoneId: options.timezoneId ?? 'UTC',
    permissions,
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(timeoutMillis);
  watch(context, expected, report);
  await options.prepare?.(context);
  const page = await context.newPage();
  await page.goto(url + path);
  if (as !== null) await signIn(page, as);
  return { context, page };
}

/** Chooses a persona on the issuer's sign-in page. */
export async function signIn(page: Page, persona: PersonaName): Promise<void> {
  await page.getByRole('link', { name: people[persona] }).click();
  await page.getByRole('heading', { name: /^(Request Logs|History of )/, level: 1 }).waitFor();
}

/** An entry that is opened before it is sealed has no proof yet. */
const isNotSealed = /status of 404 .*\/proof\)$/;

function watch(
  context: BrowserContext,
  expected: RegExp | undefined,
  report: (problem: string) => void,
): void {
  context.on('console', (message) => {
    const text = `${message.text()} (${message.location().url})`;
    if (message.type() !== 'error' || expected?.test(text) || isNotSealed.test(text)) return;
    report(`console: ${text}`);
  });
  context.on('weberror', (error) => report(`page: ${error.error().stack}`));
  context.on('dialog', (dialog) => {
    report(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (/^(https?|wss?):$/.test(protocol) && origin !== new URL(url).origin)
      report(`request to another origin: ${request.url()}`);
  });
}
