// Classifies messages of the rejected queue: whether the recorder would accept the event now, unchanged or after an
// edit.

import { brotliDecompressSync } from 'node:zlib';
import * as z from 'zod/mini';
import { findFutureIssue } from '../../core/contract/clock-skew.ts';
import { accountIdSchema, eventIdSchema } from '../../core/contract/identifiers.ts';
import { checkEnvelope } from '../../core/contract/validation.ts';
import { isEntryId } from '../../core/entry/entry-id.ts';
import { issueCodes } from '../../core/values/issue.ts';
import { isJsonObject } from '../../core/values/json.ts';
import { parseJson } from '../../core/values/parse-json.ts';
import {
  type Classification,
  type DiscardedEvent,
  isMatched,
  type Next,
  notMatched,
} from './classification.ts';
import type { QueueMessage } from './queue-walk.ts';

const messageSchema = z.object({
  rejectedAt: z.string(),
  reasons: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })),
  event: z.optional(z.unknown()),
  eventBrotli: z.optional(z.string()),
});

type RejectedMessage = z.infer<typeof messageSchema>;

export interface RejectedOptions {
  readonly codes: readonly string[];
  /** Open events in an editor instead of requeuing them unchanged. */
  readonly isEdit: boolean;
  /** Delete all messages that match permanently. */
  readonly isDiscard: boolean;
  readonly nowMillis: number;
}

/** Largest decompressed event, bytes. Before redaction, a compressed event was at most 1 MiB of JSON. */
const maxEventBytes = 64 * 1024 * 1024;

/** Never throws because of the content of a message. */
export function classifyRejected(
  { body, sentMillis }: QueueMessage,
  options: RejectedOptions,
): Classification {
  const message = messageSchema.safeParse(parse(body));
  if (!message.success) {
    const reasons = [{ code: 'UNREADABLE', path: '' }];
    return { reasons, next: leave('not written by the recorder: unknown format') };
  }
  const { reasons } = message.data;
  if (!isMatched(reasons, options.codes)) return { reasons, next: leave(notMatched) };
  if (options.isDiscard) {
    return { reasons, next: { action: 'discard', about: describe(message.data, sentMillis) } };
  }
  return { reasons, next: classifyEvent(message.data, options) };
}

/** Returns only values that are valid as a time or an id, because the message is untrusted. */
function describe(message: RejectedMessage, sentMillis: number): DiscardedEvent {
  const event = readEvent(message);
  const detail = isJsonObject(event) && isJsonObject(event.detail) ? event.detail : {};
  const eventId = eventIdSchema.safeParse(detail.eventId).data;
  const conflict = message.reasons.find(({ code }) => code === issueCodes.conflict);
  const entryId = conflict?.message.split(' ').find(isEntryId);
  const isTime = z.iso.datetime().safeParse(message.rejectedAt).success;
  return { rejectedAt: isTime ? message.rejectedAt : new Date(sentMillis).toISOString(), entryId, eventId };
}

/** The event; `undefined` when there is none or it cannot be decompressed. */
function readEvent({ event, eventBrotli }: RejectedMessage): unknown {
  return eventBrotli === undefined ? event : decompress(eventBrotli);
}

function classifyEvent(message: RejectedMessage, { isEdit, nowMillis }: RejectedOptions): Next {
  const event = readEvent(message);
  if (message.eventBrotli !== undefined && event === undefined)
    return leave('unreadable: the event cannot be decompressed');
  if (event === undefined)
    return leave('the body could not be redacted, so it is only in the dead-letter queue');
  if (message.reasons.some(({ code }) => code === issueCodes.conflict)) {
    return leave('conflicts with a recorded entry, which is kept; compare the two');
  }
  if (isEdit) {
    // Only the account that EventBridge sets proves who sent the event.
    const isEvent = isJsonObject(event) && accountIdSchema.safeParse(event.account).success;
    if (!isEvent || !isJsonObject(event.detail))
      return leave('not an EventBridge event, so it cannot be edited');
    const envelope = { ...event, detail: event.detail };
    return {
      action: 'edit',
      event: { rejectedAt: message.rejectedAt, issues: message.reasons, envelope },
    };
  }
  const checked = checkEnvelope(event);
  if ('issues' in checked) return leave('still invalid; use --edit to edit them');
  if (findFutureIssue(Date.parse(checked.value.detail.occurredAt), nowMillis) !== undefined) {
    return leave('still in the future');
  }
  return { action: 'send', body: JSON.stringify(event) };
}

function leave(why: string): Next {
  return { action: 'leave', why };
}

function parse(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The event; `undefined` when it is not in the recorder's format, or larger than any event. */
function decompress(eventBrotli: string): unknown {
  try {
    const packed = Buffer.from(eventBrotli, 'base64');
    return parse(brotliDecompressSync(packed, { maxOutputLength: maxEventBytes }).toString('utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}
