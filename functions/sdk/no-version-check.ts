// Replaces the SDK's warnings about old versions of Node.js in the bundles. The stack decides which version runs.

/** Whether a warning was written, as the SDK tracks it. */
export const state = { warningEmitted: true };

/** Writes no warning. */
export function emitWarningIfUnsupportedVersion(): void {
  // The runtime of the functions is supported.
}
