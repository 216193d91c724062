// AWS SDK client settings of all operator commands.

/** More attempts than in the functions, because no request is waiting. Timeouts in milliseconds. */
export const clientSettings = {
  maxAttempts: 10,
  requestHandler: { connectionTimeout: 3_000, requestTimeout: 15_000, throwOnRequestTimeout: true },
};
