// Accessibility of what is shown, by axe-core. It is run through the debugging protocol, to which the page's
// Content-Security-Policy does not apply: nothing is bypassed.
import axe from 'axe-core';
import type { Page } from 'playwright-core';

/**
 * What axe finds wrong with the page as it is, one line a finding: WCAG 2.2 A and AA, and axe's best practices but for
 * those in `except`.
 */
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
