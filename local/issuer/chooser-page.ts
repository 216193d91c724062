// HTML pages of the local issuer, without scripts: the choice of a user, sign-in errors, and signing out.
import { createHash } from 'node:crypto';
import type { HttpResponse } from '../http-api/response.ts';
import type { PersonaView } from './persona-view.ts';

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; padding: 2rem 1rem; }
main { max-width: 40rem; margin: 0 auto; }
h1 { font-size: 1.5rem; margin: 0; }
ul { list-style: none; margin: 1.5rem 0; padding: 0; display: grid; gap: .75rem; }
a { display: block; padding: .75rem 1rem; border: 1px solid GrayText; border-radius: .5rem; color: inherit;
  text-decoration: none; }
a:hover, a:focus-visible { outline: 3px solid Highlight; outline-offset: 1px; }
strong { display: block; text-decoration: underline; }
span { display: block; }
`;

const styleHash = createHash('sha256').update(style).digest('base64');

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
};

/** Renders one link for each persona. `linkTo` returns the URL for its name. */
export function renderChooser(
  personas: readonly PersonaView[],
  linkTo: (persona: string) => string,
): HttpResponse {
  const items = personas.map(
    ({ name, person, role, organization, access }) =>
      `<li><a href="${escapeHtml(linkTo(name))}"><strong>${escapeHtml(person)}</strong>` +
      `<span>${escapeHtml(role)} in ${escapeHtml(organization)}</span><span>${escapeHtml(access)}</span></a></li>`,
  );
  return render(
    200,
    'Sign in to the local stack',
    `<p>Choose a test user to sign in as. These users exist only on this machine.</p>\n<ul>\n${items.join('\n')}\n</ul>`,
  );
}

/** Renders an error for a request that has no valid redirect URI. */
export function renderRefusal(reason: string): HttpResponse {
  return render(400, 'Sign-in failed', `<p>${escapeHtml(reason)}</p>`);
}

/** Renders the end of a session without a redirect URI. */
export function renderSignedOut(): HttpResponse {
  return render(200, 'Signed out', '<p>You can close this window.</p>');
}

function render(status: number, title: string, content: string): HttpResponse {
  const body = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} - Request Logs</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`;
  return { status, headers, body };
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
