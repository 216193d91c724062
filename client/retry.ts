// Sends a request again when the API says that it is busy (429, 503), after the time that it names.

export interface RetryOptions {
  /**
   * Times that a request is sent again at most; 0 for never.
   * @default 4
   */
  readonly maxRetries?: number;
  /**
   * Longest wait before one of them. When the API names a longer one, its answer is final.
   * @default 20,000
   */
  readonly maxWaitMillis?: number;
}

/** Requests of this API only read, so that sending one again is always safe. */
const busyStatuses: readonly number[] = [429, 503];

/** First wait when the API names none; doubled each time, less a random part of at most half. */
const firstWaitMillis = 500;

type Send = (request: Request) => Promise<Response>;

/** Sends the request, and again while the answer is busy. Fails with the signal's reason once it is aborted. */
export function withRetries(send: Send, { maxRetries = 4, maxWaitMillis = 20_000 }: RetryOptions): Send {
  return async (request) => {
    for (let retries = 0; ; retries++) {
      const response = await send(request);
      if (!busyStatuses.includes(response.status) || retries >= maxRetries) return response;
      const waitMillis = retryAfterMillis(response) ?? backoffMillis(retries);
      if (waitMillis > maxWaitMillis) return response;
      await response.body?.cancel();
      await wait(waitMillis, request.signal);
    }
  };
}

/** What `Retry-After` says, seconds or a date, as seconds from now. */
export function retryAfterSeconds(response: Response): number | undefined {
  const millis = retryAfterMillis(response);
  return millis === undefined ? undefined : Math.ceil(millis / 1000);
}

function retryAfterMillis({ headers }: Response): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (!value) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : Math.max(0, time - Date.now());
}

function backoffMillis(retries: number): number {
  return firstWaitMillis * 2 ** retries * (1 - Math.random() / 2);
}

function wait(millis: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, millis);
    signal.addEventListener('abort', stop, { once: true });
  });
}
