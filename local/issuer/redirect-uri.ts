// Where the local issuer may send a browser: a dashboard on this machine, on the front's port or a dev server's.
import { dashboardPaths } from '../../core/deployment/dashboard-config.ts';

const loopbackOrigin = /^http:\/\/(localhost|127\.0\.0\.1)(:\d{1,5})?$/;

/** Whether the origin is this machine's. */
export function isLoopbackOrigin(origin: string): boolean {
  return loopbackOrigin.test(origin) && URL.canParse(origin);
}

/** Whether a code may be sent there: `http://localhost:<port>/callback`, or 127.0.0.1. */
export function isRedirectUri(uri: string): boolean {
  return (
    uri.endsWith(dashboardPaths.callback) && isLoopbackOrigin(uri.slice(0, -dashboardPaths.callback.length))
  );
}

/** Whether a browser that has signed out may be sent there: to a page of this machine, without fragment. */
export function isSignedOutUri(uri: string): boolean {
  return URL.canParse(uri) && !uri.includes('#') && isLoopbackOrigin(new URL(uri).origin);
}
