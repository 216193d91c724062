// How the commands for operators call AWS.

/** More tries than the functions: nobody waits for an answer. */
export const clientSettings = {
  maxAttempts: 10,
  requestHandler: { connectionTimeout: 3_000, requestTimeout: 15_000, throwOnRequestTimeout: true },
};
