// What is a resend of a stored entry, and what only claims its identity, under the same and under other redaction rules.
import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../../core/entry/entry.ts';
import { buildEntry } from '../../../core/recording/build-entry.ts';
import { isDuplicate } from '../../../core/recording/duplicate-check.ts';
import { currentRules } from '../../../core/redaction/engine/rules.ts';
import { makeEvent, now, policy } from '../../support/fixtures.ts';

type Parts = Record<string, unknown>;

const older = { ...currentRules, version: currentRules.version - 1 };

function entryOf(detail: Parts, redactionRules = currentRules): LogEntry {
  const admission = buildEntry(makeEvent({ eventId: 'e', detail }), { ...policy, redactionRules }, now);
  if (!('entry' in admission)) throw new Error(JSON.stringify(admission));
  return admission.entry;
}

/** An entry as it is stored. */
function stored(entry: LogEntry) {
  return { head: entry, readFull: async () => entry };
}

const password = 'hunter2/of-asha 9';
const marker = '[REDACTED:1]';

/**
 * What older rules made of an event and what today's make of it. The marker says nothing of the password, so that today's
 * rules cannot know it where the older ones left it.
 */
const regrown: Record<string, [left: Parts, sent: Parts]> = {
  'in the reason': [
    { after: { password: marker }, reason: `try hunter2%2fof-asha%209, then ${marker}` },
    { after: { password }, reason: `try hunter2%2fof-asha%209, then ${password}` },
  ],
  'as a whole text': [
    { after: { password: marker, note: 'hunter2%2fof-asha%209' } },
    { after: { password, note: 'hunter2%2fof-asha%209' } },
  ],
  'several times in a text': [
    { after: { password: marker, note: 'a hunter2%2fof-asha+9 b hunter2%2fof-asha+9' } },
    { after: { password, note: 'a hunter2%2fof-asha+9 b hunter2%2fof-asha+9' } },
  ],
  'in JSON in a text': [
    { after: { password: marker, config: '{ "note": "hunter2%2fof-asha%209", "size": 2 }' } },
    { after: { password, config: '{ "note": "hunter2%2fof-asha%209", "size": 2 }' } },
  ],
  'in a list': [
    { after: { password: marker, list: [[1, 'hunter2%2fof-asha%209']] } },
    { after: { password, list: [[1, 'hunter2%2fof-asha%209']] } },
  ],
  'as a key': [
    { after: { password: marker, map: { 'hunter2%2fof-asha%209': 1, on: true } } },
    { after: { password, map: { 'hunter2%2fof-asha%209': 1, on: true } } },
  ],
  'as the value of a label': [
    { after: { password: marker, tag: { name: 'x hunter2%2fof-asha%209', value: 12 } } },
    { after: { password, tag: { name: 'x hunter2%2fof-asha%209', value: 12 } } },
  ],
};

describe('isDuplicate', () => {
  it.each(Object.entries(regrown))(
    'knows a text that only newer rules hide: %s',
    async (_place, [left, sent]) => {
      expect(await isDuplicate(stored(entryOf(left, older)), entryOf(sent))).toBe(true);
      // The older deployment may be there again.
      expect(await isDuplicate(stored(entryOf(sent)), entryOf(left, older))).toBe(true);
    },
  );

  it.each(Object.entries(regrown))(
    'takes the same for a conflict under the same rules: %s',
    async (_place, [left, sent]) => {
      expect(await isDuplicate(stored(entryOf(left)), entryOf(sent))).toBe(false);
    },
  );

  it.each<[string, Parts]>([
    ['a value that both show', { after: { password, size: 3 } }],
    ['a value of another type', { after: { password, size: '2' } }],
    ['a further field', { after: { password, size: 2, more: 1 } }],
    ['a field less', { after: { password } }],
    ['another name of a field', { after: { password, sizes: 2 } }],
    ['a longer list', { after: { password, size: 2 }, before: { list: [1, 2] } }],
    ['text before a secret', { after: { password, size: 2 }, reason: `tried ${password}, then left` }],
    ['text behind a secret', { after: { password, size: 2 }, reason: `try ${password}, then go` }],
    ['no secret', { after: { password: '', size: 2 } }],
    ['another time', { after: { password, size: 2 }, occurredAt: '2026-11-09T13:27:18.006Z' }],
  ])('takes for a conflict across rules: %s', async (_difference, parts) => {
    const base = { before: { list: [1] }, reason: `try ${password}, then left` };
    const left = entryOf({ ...base, after: { password, size: 2 } }, older);
    const sent = { ...base, ...parts };
    expect(await isDuplicate(stored(left), entryOf({ ...base, after: { password, size: 2 } }))).toBe(true);
    expect(await isDuplicate(stored(left), entryOf(sent))).toBe(false);
  });

  it('does not let a marker stand for nothing', async () => {
    const left = stored(entryOf({ after: { password: marker }, reason: 'try , now' }, older));
    expect(await isDuplicate(left, entryOf({ after: { password }, reason: `try ${password}, now` }))).toBe(
      false,
    );
  });

  it.each<[string, Parts, Parts]>([
    ['a text', { command: `run -u 1000:${marker}` }, { command: 'run -u 1000:1000' }],
    ['a whole text', { token: marker }, { token: 'disabled' }],
    ['a number', { pass: marker }, { pass: 12 }],
    ['JSON in a text', { config: `{"pass":"${marker}","a":1}` }, { config: '{ "pass": "ok", "a": 1 }' }],
    ['another text than newer rules hide', { a: marker, b: 'hunter2 x' }, { a: 'plain', b: marker }],
    ['members of keys', { map: { '[REDACTED]': marker, on: 1 } }, { map: { 'a:b': 2, on: 1 } }],
  ])('knows %s that only older rules hid', async (_what, left, sent) => {
    const incoming = entryOf({ after: sent });
    // Under today's rules these texts may be secrets: what is compared is what another version made of them.
    const known = { ...entryOf({ after: left }, older), contentHash: 'other' };
    expect(await isDuplicate(stored(known), incoming)).toBe(true);
  });
});
