import { describe, expect, it } from 'vitest';
import { FailedStylesheets } from '../../../dashboard/src/loading/failed-stylesheets.ts';

/** A page whose elements can fail. Records the stylesheets that are requested again. */
function openPage() {
  const listeners: ((event: Event) => void)[] = [];
  const stylesheets = new FailedStylesheets({
    addEventListener: (_type, listener) => listeners.push(listener as (event: Event) => void),
  });
  const requested: string[] = [];
  const fail = (target: object) => {
    for (const listener of listeners) listener({ target } as Event);
  };
  const linkTo = (href: string, succeeds: boolean): object => ({
    rel: 'stylesheet',
    href,
    cloneNode: () => linkTo(href, succeeds),
    replaceWith: (fresh: HTMLLinkElement) => {
      requested.push(href);
      if (succeeds) return fresh.onload?.({} as Event);
      fail(fresh);
      (fresh.onerror as (() => void) | null)?.();
    },
  });
  return { stylesheets, requested, fail, linkTo };
}

describe('FailedStylesheets', () => {
  it('reloads a failed stylesheet once, and nothing else', async () => {
    const { stylesheets, requested, fail, linkTo } = openPage();
    fail(linkTo('/a.css', true));
    fail({ rel: 'modulepreload', href: '/a.js' });
    fail({ src: '/icon.svg' });
    await stylesheets.reload();
    await stylesheets.reload();
    expect(requested).toEqual(['/a.css']);
  });

  it('rejects when the stylesheet fails again, and retries on the next call', async () => {
    const { stylesheets, requested, fail, linkTo } = openPage();
    fail(linkTo('/a.css', false));
    await expect(stylesheets.reload()).rejects.toThrow('/a.css');
    await expect(stylesheets.reload()).rejects.toThrow('/a.css');
    expect(requested).toEqual(['/a.css', '/a.css']);
  });
});
