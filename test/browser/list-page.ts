// Locators for the parts of the page.
import type { Locator, Page } from 'playwright-core';

/** The links to entries in the list. */
export function entryLinks(page: Page, name?: string): Locator {
  const links = page.locator('table a[href^="/entries/"]');
  return name === undefined ? links : links.filter({ hasText: name });
}

/** The row of the first entry of this target. */
export function rowOf(page: Page, name: string): Locator {
  const link = page.locator('a[href^="/entries/"]').filter({ hasText: name });
  return page.locator('tbody tr').filter({ has: link }).first();
}

/** The open entry. */
export function entryPanel(page: Page): Locator {
  return page.locator('.entry');
}

/** The visible text, excluding text for screen readers only. */
export function shownText(page: Page, text: string | RegExp): Locator {
  return page.getByText(text).filter({ visible: true }).first();
}

/** Waits until at least one entry is listed. */
export async function waitForRows(page: Page): Promise<void> {
  await entryLinks(page).first().waitFor();
}

/** Path and query of the page. */
export function addressOf(page: Page): string {
  const { pathname, search } = new URL(page.url());
  return pathname + search;
}

/** The query parameters of an address. */
export function parametersOf(address: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(address.split('?')[1]));
}
