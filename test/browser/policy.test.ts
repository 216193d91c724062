// Verifies that the browser enforces the Content-Security-Policy, which the other tests rely on.
import { describe, expect } from 'vitest';
import { waitForRows } from './list-page.ts';
import { it } from './visit.ts';

describe('the Content-Security-Policy', () => {
  it('blocks an inline script, a frame, and a request to another origin', async ({ visit }) => {
    const page = await visit({ expected: /Content Security Policy/ });
    await waitForRows(page);
    const blocked = await page.evaluate(async () => {
      const directives: string[] = [];
      const allReported = new Promise((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => {
          directives.push(event.effectiveDirective);
          if (directives.length === 3) resolve(undefined);
        });
      });
      const script = document.createElement('script');
      script.textContent = 'window.attacked = 1';
      document.body.append(script);
      const frame = document.createElement('iframe');
      frame.src = 'data:text/html,frame';
      document.body.append(frame);
      await fetch('https://elsewhere.example/').catch(() => {});
      await allReported;
      return { directives: directives.sort(), attacked: 'attacked' in window };
    });
    expect(blocked).toEqual({ directives: ['connect-src', 'frame-src', 'script-src-elem'], attacked: false });
  });
});
