// Judges messages of the rejected queue: whether the event in one would be recorded now, as it is or after an edit.
import { brotliDecompressSync } from 'node:zlib';
import * as z from 'zod/mini';
import { findFutureIssue } from '../../core/contract/clock-skew.ts';
import { accountIdSchema, eventIdSchema } from '../../core/contract/identifiers.ts';
import { checkEnvelope } from '../../core/contract/validation.ts';
import { isEntryId } from '../../core/entry/entry-id.ts';
import { issueCodes } from '../../core/values/issue.ts';
import { isJsonObject } from '../../core/values/json.ts';
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
  /** Events are mended by hand instead of sent as they are. */
  readonly isEdit: boolean;
  /** Those that match are deleted for good, whatever became of them. */
  readonly isDiscard: boolean;
  readonly nowMillis: number;
}

/** Largest unpacked event, bytes; a packed one was at most 1 MiB of JSON before its markers were put in. */
const maxEventBytes = 64 * 1024 * 1024;

/** Never throws for what a message holds. */
export function classifyRejected(
  { body, sentMillis }: QueueMessage,
  options: RejectedOptions,
): Classification {
  const message = messageSchema.safeParse(parse(body));
  if (!message.success) {
    const reasons = [{ code: 'UNREADABLE', path: '' }];
    return { reasons, next: leave('not from the recorder: not of its form') };
  }
  const { reasons } = message.data;
  if (!isMatched(reasons, options.codes)) return { reasons, next: leave(notMatched) };
  if (options.isDiscard) {
    return { reasons, next: { action: 'discard', about: describe(message.data, sentMillis) } };
  }
  return { reasons, next: judgeEvent(message.data, options) };
}

/** Only what has the form of a time and of ids. */
function describe(message: RejectedMessage, sentMillis: number): DiscardedEvent {
  const event = readEvent(message);
  const detail = isJsonObject(event) && isJsonObject(event.detail) ? event.detail : {};
  const eventId = eventIdSchema.safeParse(detail.eventId).data;
  const conflict = message.reasons.find(({ code }) => code === issueCodes.conflict);
  const entryId = conflict?.message.split(' ').find(isEntryId);
  const isTime = z.iso.datetime().safeParse(message.rejectedAt).success;
  return { rejectedAt: isTime ? message.rejectedAt : new Date(sentMillis).toISOString(), entryId, eventId };
}

/** `undefined` where there is none, or none that unpacks. */
function readEvent({ event, eventBrotli }: RejectedMessage): unknown {
  return eventBrotli === undefined ? event : unpack(eventBrotli);
}

function judgeEvent(message: RejectedMessage, { isEdit, nowMillis }: RejectedOptions): Next {
  const event = readEvent(message);
  if (message.eventBrotli !== undefined && event === undefined)
    return leave('unreadable: the packed event does not unpack');
  if (event === undefined) return leave('kept in the dead letters, since they could not be redacted');
  if (message.reasons.some(({ code }) => code === issueCodes.conflict)) {
    return leave('in conflict with a recorded entry, which stays; compare both');
  }
  if (isEdit) {
    // Without EventBridge's word on the account nobody could tell who is answerable for the event.
    const isEvent = isJsonObject(event) && accountIdSchema.safeParse(event.account).success;
    if (!isEvent || !isJsonObject(event.detail)) return leave('no event of EventBridge: cannot be edited');
    const envelope = { ...event, detail: event.detail };
    return {
      action: 'edit',
      event: { rejectedAt: message.rejectedAt, issues: message.reasons, envelope },
    };
  }
  const checked = checkEnvelope(event);
  if ('issues' in checked) return leave('still breaking the contract; --edit mends them');
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
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The event; `undefined` when it is not packed as the recorder packs, or larger than any event. */
function unpack(eventBrotli: string): unknown {
  try {
    const packed = Buffer.from(eventBrotli, 'base64');
    return parse(brotliDecompressSync(packed, { maxOutputLength: maxEventBytes }).toString('utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}
