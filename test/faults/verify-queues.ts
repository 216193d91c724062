// Verifies the queues after the storm: every invalid event is in the rejected queue, redacted and with its
// reasons. Bodies that cannot be redacted are in the dead-letter queue too. All other queues are empty.
import type { JsonObject } from '../../core/values/json.ts';
import type { PeekedMessage } from '../../local/queues/queues.ts';
import type { LocalStack } from '../../local/stack/local-stack-types.ts';
import type { Discrepancies } from './discrepancies.ts';
import type { Expectations } from './expectations.ts';
import { canonical, sha256 } from './expected-entry.ts';
import { countPlanted, withMarkers } from './planted-secret.ts';
import { anyPath } from './poison.ts';
import { findQueue, type QueueRole } from './stack-queues.ts';
import { numberOf } from './storm-event.ts';
import { byNumber, type FoundEntry } from './verify-entries.ts';

interface Rejection {
  readonly reasons: readonly { readonly path: string; readonly code: string }[];
  readonly event?: JsonObject;
  readonly body?: { readonly sha256: string; readonly bytes: number };
}

export interface QueueFigures {
  readonly rejectedMessages: number;
  readonly deadLetters: number;
}

export function verifyQueues(
  stack: LocalStack,
  expected: Expectations,
  entries: ReadonlyMap<string, FoundEntry>,
  wrong: Discrepancies,
): QueueFigures {
  const messagesOf = (role: QueueRole) => stack.peekQueue(findQueue(stack, role).logicalId);
  for (const role of ['Ingest', 'Undelivered'] as const) {
    for (const { body } of messagesOf(role)) wrong.add(`a message is left in ${role}`, body);
  }
  const [rejected, dead] = [messagesOf('Rejected'), messagesOf('DeadLetters')];
  verifyRejected(rejected, expected, entries, wrong);
  verifyDeadLetters(dead, expected, wrong);
  return { rejectedMessages: rejected.length, deadLetters: dead.length };
}

export function verifyRejected(
  messages: readonly Pick<PeekedMessage, 'body'>[],
  expected: Expectations,
  entries: ReadonlyMap<string, FoundEntry>,
  wrong: Discrepancies,
): void {
  const rejected = new Set<number>();
  const winners = byNumber(entries);
  for (const { body } of messages) {
    if (countPlanted(body) > 0) wrong.add('the rejected queue contains a secret', body);
    const rejection = JSON.parse(body) as Rejection;
    const number = numberOfRejection(rejection, expected);
    if (!expected.has(number)) {
      wrong.add('a rejected message belongs to no event', body);
      continue;
    }
    rejected.add(number);
    verifyRejection(number, rejection, expected, winners.get(number), wrong);
  }
  for (const event of expected.events()) {
    const isDue = event.poison !== undefined || event.rival !== undefined;
    if (isDue && !rejected.has(event.number)) {
      const kind = event.poison?.kind ?? 'contested';
      wrong.add('an invalid event is not in the rejected queue', `event ${event.number} (${kind})`);
    }
  }
}

function numberOfRejection({ event, body }: Rejection, expected: Expectations): number | undefined {
  if (body !== undefined) return expected.bodies.get(body.sha256);
  return numberOf((event?.detail as JsonObject | undefined)?.requestId);
}

function verifyRejection(
  number: number,
  rejection: Rejection,
  expected: Expectations,
  winner: FoundEntry | undefined,
  wrong: Discrepancies,
): void {
  const event = expected.event(number);
  const given = rejection.reasons.map(({ path, code }) => `${code} ${path}`);
  const complain = (kind: string, more: string) =>
    wrong.add(kind, `event ${number}: ${given.join()} ${more}`);
  if (event.poison === undefined && event.rival === undefined) {
    complain('a valid event is rejected', '');
    return;
  }
  const expectedReasons = event.poison?.reasons ?? [{ path: '/detail', code: 'CONFLICT' }];
  const isAsExpected =
    expectedReasons.length === rejection.reasons.length &&
    expectedReasons.every(({ path, code }) =>
      rejection.reasons.some((reason) => reason.code === code && (path === anyPath || reason.path === path)),
    );
  if (!isAsExpected)
    complain('an event is rejected for a different reason', `expected ${JSON.stringify(expectedReasons)}`);
  if (event.body !== undefined) return;
  const shown = withoutRedaction(rejection.event?.detail as JsonObject);
  const candidates = expected.entries(event);
  const contents = event.poison === undefined ? [event.detail, event.rival ?? {}] : [event.detail];
  const index = contents.findIndex((content) => canonical(withMarkers(content)) === canonical(shown));
  if (index === -1)
    complain(
      'a rejected event has different content',
      `${canonical(shown)} instead of ${canonical(withMarkers(contents[0] ?? {}))}`,
    );
  else if (winner !== undefined && candidates[index]?.fields.contentHash === winner.contentHash) {
    complain('the recorded content is also rejected', winner.id);
  }
}

/** Removes the emitter's redaction stamp. */
function withoutRedaction(detail: JsonObject): JsonObject {
  const { redaction: _redaction, ...rest } = detail;
  return rest;
}

export function verifyDeadLetters(
  messages: readonly Pick<PeekedMessage, 'body' | 'messageAttributes'>[],
  expected: Expectations,
  wrong: Discrepancies,
): void {
  const found = new Set<number>();
  for (const { body, messageAttributes } of messages) {
    const number = expected.bodies.get(sha256(body));
    const code = messageAttributes.code?.StringValue;
    if (number === undefined) wrong.add('a recordable dead letter remains', `${code} ${body}`);
    else if (expected.event(number).poison?.deadLetterCode !== code)
      wrong.add('a dead letter has a different code', `event ${number}: ${code}`);
    else found.add(number);
  }
  for (const number of expected.bodies.values()) {
    if (!found.has(number))
      wrong.add('a body that cannot be redacted is not in the dead-letter queue', `event ${number}`);
  }
}
