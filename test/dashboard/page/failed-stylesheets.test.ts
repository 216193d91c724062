import { describe, expect, it } from 'vitest';
import { FailedStylesheets } from '../../../dashboard/src/page/failed-stylesheets.ts';

/** A page whose elements can fail, and the stylesheets that were asked for again. */
function openPage() {
  const listeners: ((event: Event) => void)[] = [];
  const stylesheets = new FailedStylesheets({
    addEventListener: (_type, listener) => listeners.push(listener as (event: Event) => void),
  });
  const asked: string[] = [];
  const fail = (target: object) => {
    for (const listener of listeners) listener({ target } as Event);
  };
  const linkTo = (href: string, comes: boolean): object => ({
    rel: 'stylesheet',
    href,
    cloneNode: () => linkTo(href, comes),
    replaceWith: (fresh: HTMLLinkElement) => {
      asked.push(href);
      if (comes) return fresh.onload?.({} as Event);
      fail(fresh);
      (fresh.onerror as (() => void) | null)?.();
    },
  });
  return { stylesheets, asked, fail, linkTo };
}

describe('FailedStylesheets', () => {
  it('asks again for a stylesheet that failed, once, and for nothing else', async () => {
    const { stylesheets, asked, fail, linkTo } = openPage();
    fail(linkTo('/a.css', true));
    fail({ rel: 'modulepreload', href: '/a.js' });
    fail({ src: '/icon.svg' });
    await stylesheets.reload();
    await stylesheets.reload();
    expect(asked).toEqual(['/a.css']);
  });

  it('fails when it does not come this time either, and asks the next time', async () => {
    const { stylesheets, asked, fail, linkTo } = openPage();
    fail(linkTo('/a.css', false));
    await expect(stylesheets.reload()).rejects.toThrow('/a.css');
    await expect(stylesheets.reload()).rejects.toThrow('/a.css');
    expect(asked).toEqual(['/a.css', '/a.css']);
  });
});
