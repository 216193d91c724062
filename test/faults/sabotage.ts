// Deliberate faults in the product, injected from outside, that the verifier must find: each run with one must
// fail.
import { createHash } from 'node:crypto';
import type { Fault, ProxiedCall } from './fault-proxy.ts';
import { isInsertCall, keysOfInserts, statementResponse } from './insert-call.ts';
import { randomFor } from './seeded.ts';

/** What each sabotage breaks. */
export const sabotages = {
  'no-item-failures': 'the mapping ignores reports of failed messages, so they are deleted',
  'swallowed-puts': 'one insert in fifty is acknowledged but not performed',
  'swallowed-rejections': 'rejected events are acknowledged but not queued',
  'swallowed-directory': 'one directory row in fifty is acknowledged but not written',
  'changed-content': 'one entry in fifty has a different account in an index key',
} as const;

export type Sabotage = keyof typeof sabotages;

export const sabotageNames = Object.keys(sabotages) as Sabotage[];

/**
 * Returns the fault that the sabotage injects into a call of the recorder, or `undefined` to leave the call
 * alone.
 */
export function sabotageOf(sabotage: Sabotage, { operation, body }: ProxiedCall): Fault | undefined {
  const isEntryInsert = isInsertCall(operation, body);
  const isDirectoryPut = operation === 'PutItem';
  const done = {
    before: { status: 200, headers: { 'content-type': 'application/x-amz-json-1.0' }, body: '{}' },
  };
  switch (sabotage) {
    case 'swallowed-puts':
      return isEntryInsert && keysOfInserts(body).some(isPickedKey)
        ? { before: statementResponse(keysOfInserts(body).length) }
        : undefined;
    case 'swallowed-directory':
      return isDirectoryPut && isPicked(body) ? done : undefined;
    case 'swallowed-rejections':
      return operation === 'SendMessage' ? swallowMessage(body) : undefined;
    case 'changed-content':
      return isEntryInsert && keysOfInserts(body).some(isPickedKey)
        ? { before: { replacement: changeAccount(body) } }
        : undefined;
    case 'no-item-failures':
      return undefined;
  }
}

/** Selects one key in fifty, the same on every attempt. */
function isPicked(body: string): boolean {
  const key = /"pk":\{"S":"[^"]*"\}(?:,"sk":\{"S":"[^"]*"\})?/.exec(body)?.[0] ?? '';
  return randomFor(1, key).chance(0.02);
}

function isPickedKey(key: string): boolean {
  return randomFor(1, key).chance(0.02);
}

/**
 * Changes the account in the partition key of the account and region index, which has the format
 * `<organization>#<account>#…`.
 */
function changeAccount(body: string): string {
  return body.replaceAll(/("S":"[^"#]*#)\d(?=\d{11}#)/g, '$19');
}

/** The SDK verifies the digest in SQS's response. */
function swallowMessage(body: string): Fault {
  const { MessageBody } = JSON.parse(body);
  const reply = {
    MessageId: 'swallowed',
    MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex'),
  };
  const headers = { 'content-type': 'application/x-amz-json-1.0' };
  return { before: { status: 200, headers, body: JSON.stringify(reply) } };
}
