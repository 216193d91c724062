// Retries a request that the API throttles (429, 503), after the delay that the API requests.

/** Limits the retries of throttled requests. */
export interface RetryOptions {
  /**
   * Maximum number of retries; 0 turns retries off.
   * @default 4
   */
  readonly maxRetries?: number;
  /**
   * Maximum delay before a retry, in milliseconds. A response that requests a longer delay is not retried.
   * @default 20,000
   */
  readonly maxWaitMillis?: number;
}

const busyStatuses: readonly number[] = [429, 503];

/** First delay without Retry-After, in milliseconds. Doubles on each retry, minus random jitter of up to half. */
const firstWaitMillis = 500;

type Send = (request: Request) => Promise<Response>;

/** Sends the request and retries while the API throttles it. Throws the signal's reason when aborted. */
export function withRetries(send: Send, { maxRetries = 4, maxWaitMillis = 20_000 }: RetryOptions): Send {
  return async (request) => {
    for (let retries = 0; ; retries++) {
      const response = await send(request);
      if (!canRetry(request, response) || retries >= maxRetries) return response;
      const waitMillis = retryAfterMillis(response) ?? backoffMillis(retries);
      if (waitMillis > maxWaitMillis) return response;
      await response.body?.cancel();
      await wait(waitMillis, request.signal);
    }
  };
}

/** Only reads are retried: a request that changes a view may have been executed, although its response says otherwise. */
function canRetry({ method }: Request, { status }: Response): boolean {
  return method === 'GET' && busyStatuses.includes(status);
}

/** Parses `Retry-After`, in seconds or as a date, to seconds from now. */
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
