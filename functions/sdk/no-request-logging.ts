// Replaces the SDK's logging of requests and responses in the bundles. The functions give the SDK no logger, and
// requests contain states, which are never logged. Saves 1 KB of code.

/** The plugin that every client installs. It adds nothing. */
export function getLoggerPlugin(): { applyToStack(): void } {
  return {
    applyToStack() {
      // The unmodified plugin adds a middleware that writes to the client's logger.
    },
  };
}

/** Not installed by `getLoggerPlugin`; exported only because the SDK re-exports it. */
export const loggerMiddleware =
  () =>
  <Handler>(next: Handler): Handler =>
    next;

export const loggerMiddlewareOptions = { name: 'loggerMiddleware', step: 'initialize' };
