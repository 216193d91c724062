// Checks the accessibility of the current page with axe-core. Runs through the debugging protocol, so the page's
// Content-Security-Policy stays in force.
import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Returns one line for each violation of WCAG 2.2 A and AA or of axe's best practices, except those in `except`. */
export async function findViolations(page: Page, except: readonly string[] = []): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => window.axe.run(document, { preload: false }));
  return violations
    .filter(({ id }) => !except.includes(id))
    .flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target.join(' ')}: ${failureSummary}`),
    );
}

declare global {
  interface Window {
    readonly axe: typeof axe;
  }
}
