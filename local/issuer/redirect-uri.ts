// Validates redirect URIs: only dashboards on this machine, on any port, so that development servers work.
import { dashboardPaths } from '../../core/deployment/dashboard-config.ts';

const loopbackOrigin = /^http:\/\/(localhost|127\.0\.0\.1)(:\d{1,5})?$/;

/** Whether the origin is on this machine. */
export function isLoopbackOrigin(origin: string): boolean {
  return loopbackOrigin.test(origin) && URL.canParse(origin);
}

/** Whether a code can be sent to the URI: `http://localhost:<port>/callback`, or the same with 127.0.0.1. */
export function isRedirectUri(uri: string): boolean {
  return (
    uri.endsWith(dashboardPaths.callback) && isLoopbackOrigin(uri.slice(0, -dashboardPaths.callback.length))
  );
}

/** Whether the URI is allowed after a sign-out: a page on this machine, without fragment. */
export function isSignedOutUri(uri: string): boolean {
  return URL.canParse(uri) && !uri.includes('#') && isLoopbackOrigin(new URL(uri).origin);
}
