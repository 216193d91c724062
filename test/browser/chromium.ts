// The browser of the suite: Debian's Chromium, without a window and without anything it would ask the network for.
import { existsSync } from 'node:fs';
import type { LaunchOptions } from 'playwright-core';

/** Where Debian's package puts it; `CHROMIUM` names another. */
export const chromiumPath = process.env.CHROMIUM || '/usr/bin/chromium';

export const launchOptions: LaunchOptions = {
  executablePath: chromiumPath,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

/** Fails with what to do when there is no browser. */
export function requireChromium(): void {
  if (existsSync(chromiumPath)) return;
  throw new Error(
    `There is no browser at ${chromiumPath}. Install it (Debian: apt-get install chromium), or name another with CHROMIUM.`,
  );
}
