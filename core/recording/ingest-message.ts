// Defines the messages of the ingest queue, and parses their bodies.
import { createHash } from 'node:crypto';
import { type Issue, issueCodes } from '../values/issue.ts';
import { depthOf, maxWalkableDepth } from '../values/json.ts';
import { parseJson } from '../values/parse-json.ts';
import type { Redrive } from './redrive.ts';

/** A message of the ingest queue. */
export interface IngestMessage {
  readonly body: string;
  /** Absent if the message came from the event bus. */
  readonly redrive?: Redrive | undefined;
}

/** Codes of messages that go to the dead-letter queue unchanged. */
export const deadLetterCodes = {
  notJson: issueCodes.notJson,
  unwalkable: 'TOO_DEEP_TO_REDACT',
  rejectionTooLarge: 'REJECTION_TOO_LARGE',
} as const;

/** Parses the body of a message, or returns why it is not an envelope that redaction can process, and the dead-letter code. */
export function parseBody(body: string): { envelope: unknown } | { issue: Issue; code: string } {
  let envelope: unknown;
  try {
    envelope = parseJson(body);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const issue = { path: '', code: issueCodes.notJson, message: 'must be JSON' };
    return { issue, code: deadLetterCodes.notJson };
  }
  if (depthOf(envelope) > maxWalkableDepth) {
    const message = `must be nested at most ${maxWalkableDepth} levels deep`;
    return { issue: { path: '', code: issueCodes.tooDeep, message }, code: deadLetterCodes.unwalkable };
  }
  return { envelope };
}

/** Returns what the rejected queue contains of a body that cannot be redacted: its SHA-256 in hex, and its size in bytes. */
export function summarizeBody(body: string): { sha256: string; bytes: number } {
  return { sha256: createHash('sha256').update(body).digest('hex'), bytes: Buffer.byteLength(body) };
}
