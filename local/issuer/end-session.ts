// The end-session endpoint of the local issuer. There are no sessions, so it only redirects.
// https://openid.net/specs/openid-connect-rpinitiated-1_0.html
import type { HttpResponse } from '../http-api/response.ts';
import { renderRefusal, renderSignedOut } from './chooser-page.ts';
import { readParameters } from './parameters.ts';
import { isSignedOutUri } from './redirect-uri.ts';

/** Redirects to `post_logout_redirect_uri` with `state`, or shows a page when that is missing. */
export function endSession(rawQuery: string): HttpResponse {
  const { post_logout_redirect_uri: uri, state } = readParameters(rawQuery).values;
  if (uri === undefined) return renderSignedOut();
  if (!isSignedOutUri(uri)) {
    return renderRefusal(
      'post_logout_redirect_uri must be a page of http://localhost:<port> or http://127.0.0.1:<port>.',
    );
  }
  const location = new URL(uri);
  if (state !== undefined) location.searchParams.set('state', state);
  return { status: 303, headers: { location: location.href, 'cache-control': 'no-store' }, body: '' };
}
