// Launch options of the suite's browser: headless Chromium without background network requests.
import { existsSync } from 'node:fs';
import type { LaunchOptions } from 'playwright-core';

/** Path of Debian's package. Override it with `CHROMIUM`. */
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

/** Throws an error with instructions if there is no browser. */
export function requireChromium(): void {
  if (existsSync(chromiumPath)) return;
  throw new Error(
    `No browser at ${chromiumPath}. Install Chromium (Debian: apt-get install chromium), or set CHROMIUM to its path.`,
  );
}
