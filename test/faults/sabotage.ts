// Ways to break the product on purpose, from outside, to see that the storm finds it: each run under one must fail.
import { createHash } from 'node:crypto';
import type { Fault, ProxiedCall } from './fault-proxy.ts';
import { isInsertCall, keysOfInserts, statementAnswer } from './insert-call.ts';
import { randomFor } from './seeded.ts';

/** What each breaks, and so what the verifier must find. */
export const sabotages = {
  'no-item-failures': 'the mapping takes no report of failed messages, so that they are deleted',
  'swallowed-puts': 'one put in fifty is acknowledged and never made',
  'swallowed-rejections': 'rejected events are acknowledged and never queued',
  'swallowed-directory': 'one directory row in fifty is acknowledged and never written',
  'changed-content': 'in one entry of fifty, the account in an index key is another than the entry’s',
} as const;

export type Sabotage = keyof typeof sabotages;

export const sabotageNames = Object.keys(sabotages) as Sabotage[];

/** What the sabotage does to one call of the recorder; `undefined` leaves it alone. */
export function sabotageOf(sabotage: Sabotage, { operation, body }: ProxiedCall): Fault | undefined {
  const isEntryInsert = isInsertCall(operation, body);
  const isDirectoryPut = operation === 'PutItem';
  const done = {
    before: { status: 200, headers: { 'content-type': 'application/x-amz-json-1.0' }, body: '{}' },
  };
  switch (sabotage) {
    case 'swallowed-puts':
      return isEntryInsert && keysOfInserts(body).some(isPickedKey)
        ? { before: statementAnswer(keysOfInserts(body).length) }
        : undefined;
    case 'swallowed-directory':
      return isDirectoryPut && isPicked(body) ? done : undefined;
    case 'swallowed-rejections':
      return operation === 'SendMessage' ? swallowMessage(body) : undefined;
    case 'changed-content':
      return isEntryInsert && keysOfInserts(body).some(isPickedKey)
        ? { before: { instead: changeAccount(body) } }
        : undefined;
    case 'no-item-failures':
      return undefined;
  }
}

/** One key in fifty, the same at every try. */
function isPicked(body: string): boolean {
  const key = /"pk":\{"S":"[^"]*"\}(?:,"sk":\{"S":"[^"]*"\})?/.exec(body)?.[0] ?? '';
  return randomFor(1, key).chance(0.02);
}

function isPickedKey(key: string): boolean {
  return randomFor(1, key).chance(0.02);
}

/** Another account in the keys of the account and region index: the parameter that holds `<organization>#<account>#…`. */
function changeAccount(body: string): string {
  return body.replaceAll(/("S":"[^"#]*#)\d(?=\d{11}#)/g, '$19');
}

/** The SDK compares the digest that SQS answers with. */
function swallowMessage(body: string): Fault {
  const { MessageBody } = JSON.parse(body);
  const answer = {
    MessageId: 'swallowed',
    MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex'),
  };
  const headers = { 'content-type': 'application/x-amz-json-1.0' };
  return { before: { status: 200, headers, body: JSON.stringify(answer) } };
}
