// Starts what all test files share: the stack, its initial events, and one browser.
import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { launchOptions } from './chromium.ts';
import { emitHistory } from './events.ts';
import { startStack, waitForAnswers } from './running-stack.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly url: string;
    readonly browser: string;
  }
}

/** Enough for several pages of the list. */
const generatedEvents = 300;

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const stack = await startStack();
  try {
    await waitForAnswers(stack.url);
    await emitHistory(stack.url, generatedEvents);
    const browser = await chromium.launchServer(launchOptions);
    project.provide('url', stack.url);
    project.provide('browser', browser.wsEndpoint());
    return async () => {
      await browser.close();
      await stack.stop();
    };
  } catch (error) {
    await stack.stop();
    throw error;
  }
}
