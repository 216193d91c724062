// Explains why EventBridge did not accept an entry and whether a retry can help. Error messages from AWS can
// quote the event or a signed header, so only messages of codes that quote neither are passed on.
import { containsSecret } from '../core/redaction/engine/redact.ts';

export interface PutFailure {
  /** EventBridge's error code, a network error code, or one of `emitFailureCodes`. */
  readonly code: string;
  readonly message: string;
  /** Whether sending the same event later can succeed. If so, keep it in the outbox. */
  readonly retryable: boolean;
}

/** Stable codes of failures that the emitter itself detects. */
export const emitFailureCodes = {
  invalidEvent: 'INVALID_EVENT',
  entryTooLarge: 'ENTRY_TOO_LARGE',
  aborted: 'ABORTED',
  timeout: 'TIMEOUT',
} as const;

const finalEntryCodes =
  /^(AccessDenied|NotAuthorized|Invalid|Malformed|Validation|RedactionFailure|ResourceNotFound)/;
const quotableCodes =
  /^(AccessDenied|NotAuthorized|ResourceNotFound|Throttl|UnrecognizedClient|ExpiredToken|CredentialsProviderError)/;
const throttlingNames = /Throttl|TooManyRequests|LimitExceeded|SlowDown/;
const networkCodes = /^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_AGAIN|UND_ERR)/;
const maxMessageLength = 300;

/**
 * Explains the failure of one entry. Unknown codes are retryable, because a resend never creates a second log
 * entry.
 */
export function explainEntry(code: string, serviceMessage: string | undefined): PutFailure {
  return {
    code,
    message: quote(code, serviceMessage) ?? 'EventBridge rejected the event',
    retryable: !finalEntryCodes.test(code),
  };
}

/** Explains the failure of a complete call. */
export function explainCall(error: unknown): PutFailure {
  const { name, message, status, networkCode, clockSkewCorrected } = readError(error);
  if (networkCode !== undefined) {
    return { code: networkCode, message: 'cannot reach EventBridge', retryable: true };
  }
  const isNamed = name !== 'Error' && name !== 'UnknownError';
  const code = isNamed || status === undefined ? name : `HTTP_${status}`;
  const retryable =
    throttlingNames.test(name) ||
    /^(RequestTimeout|TimeoutError)/.test(name) ||
    clockSkewCorrected ||
    // After an unreadable response, the outcome is unknown.
    (status !== undefined && (status < 300 || status === 429 || status >= 500));
  return { code, message: quote(code, message) ?? 'the call to EventBridge failed', retryable };
}

/** Whether the call failed because of its content, so that each entry must be sent in its own call. */
export function isContentRejection({ code }: PutFailure): boolean {
  return /^(Validation|Serialization|Invalid(Argument|Parameter)|RequestEntityTooLarge|HTTP_4(00|13)$)/.test(
    code,
  );
}

function quote(code: string, serviceMessage: string | undefined): string | undefined {
  if (!serviceMessage || !quotableCodes.test(code) || containsSecret(serviceMessage)) return undefined;
  return serviceMessage.slice(0, maxMessageLength);
}

function readError(error: unknown) {
  const isObject = typeof error === 'object' && error !== null;
  const { name, message, code, cause, $metadata } = (isObject ? error : {}) as Record<string, unknown>;
  const metadata = (typeof $metadata === 'object' && $metadata !== null ? $metadata : {}) as Record<
    string,
    unknown
  >;
  const causeCode = (typeof cause === 'object' && cause !== null ? cause : {}) as Record<string, unknown>;
  return {
    name: typeof name === 'string' ? name : 'Error',
    message: typeof message === 'string' ? message : undefined,
    status: typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined,
    networkCode: [code, causeCode.code].find(
      (candidate) => typeof candidate === 'string' && networkCodes.test(candidate),
    ) as string | undefined,
    clockSkewCorrected: metadata.clockSkewCorrected === true,
  };
}
