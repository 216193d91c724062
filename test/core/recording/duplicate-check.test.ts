// Tests which events are resends of a stored entry and which conflict with it, under the same and under other redaction
// rules.
import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../../core/entry/entry.ts';
import { buildEntry } from '../../../core/recording/build-entry.ts';
import { isDuplicate } from '../../../core/recording/duplicate-check.ts';
import { currentRules } from '../../../core/redaction/engine/rules.ts';
import { makeEvent, now, policy } from '../../support/fixtures.ts';

type Parts = Record<string, unknown>;

const older = { ...currentRules, version: currentRules.version - 1 };

function entryOf(detail: Parts, redactionRules = currentRules): LogEntry {
  const built = buildEntry(makeEvent({ eventId: 'e', detail }), { ...policy, redactionRules }, now);
  if (!('entry' in built)) throw new Error(JSON.stringify(built));
  return built.entry;
}

/** Returns the entry as the store returns it. */
function stored(entry: LogEntry) {
  return { head: entry, readFull: async () => entry };
}

const password = 'hunter2/of-asha 9';
const marker = '[REDACTED:1]';

/**
 * Events as redacted by older rules, and their originals. The marker hides the password, so the current rules cannot
 * find it in places where the older rules did not hide it.
 */
const hiddenByNewerRules: Record<string, [left: Parts, sent: Parts]> = {
  'in the reason': [
    { after: { password: marker }, reason: `try hunter2%2fof-asha%209, then ${marker}` },
    { after: { password }, reason: `try hunter2%2fof-asha%209, then ${password}` },
  ],
  'as a complete string': [
    { after: { password: marker, note: 'hunter2%2fof-asha%209' } },
    { after: { password, note: 'hunter2%2fof-asha%209' } },
  ],
  'several times in a string': [
    { after: { password: marker, note: 'a hunter2%2fof-asha+9 b hunter2%2fof-asha+9' } },
    { after: { password, note: 'a hunter2%2fof-asha+9 b hunter2%2fof-asha+9' } },
  ],
  'in JSON in a string': [
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
  it.each(Object.entries(hiddenByNewerRules))(
    'recognizes a resend with text that only newer rules hide: %s',
    async (_place, [left, sent]) => {
      expect(await isDuplicate(stored(entryOf(left, older)), entryOf(sent))).toBe(true);
      // The older deployment can come back after a rollback.
      expect(await isDuplicate(stored(entryOf(sent)), entryOf(left, older))).toBe(true);
    },
  );

  it.each(Object.entries(hiddenByNewerRules))(
    'reports a conflict for the same difference under the same rules: %s',
    async (_place, [left, sent]) => {
      expect(await isDuplicate(stored(entryOf(left)), entryOf(sent))).toBe(false);
    },
  );

  it.each<[string, Parts]>([
    ['a different value that both sides show', { after: { password, size: 3 } }],
    ['a value of a different type', { after: { password, size: '2' } }],
    ['an additional field', { after: { password, size: 2, more: 1 } }],
    ['a missing field', { after: { password } }],
    ['a different field name', { after: { password, sizes: 2 } }],
    ['a longer list', { after: { password, size: 2 }, before: { list: [1, 2] } }],
    [
      'different text before a secret',
      { after: { password, size: 2 }, reason: `tried ${password}, then left` },
    ],
    ['different text after a secret', { after: { password, size: 2 }, reason: `try ${password}, then go` }],
    ['no secret', { after: { password: '', size: 2 } }],
    ['a different time', { after: { password, size: 2 }, occurredAt: '2026-11-09T13:27:18.006Z' }],
  ])('reports a conflict across rules for %s', async (_difference, parts) => {
    const base = { before: { list: [1] }, reason: `try ${password}, then left` };
    const left = entryOf({ ...base, after: { password, size: 2 } }, older);
    const sent = { ...base, ...parts };
    expect(await isDuplicate(stored(left), entryOf({ ...base, after: { password, size: 2 } }))).toBe(true);
    expect(await isDuplicate(stored(left), entryOf(sent))).toBe(false);
  });

  it('does not match a marker with empty text', async () => {
    const left = stored(entryOf({ after: { password: marker }, reason: 'try , now' }, older));
    expect(await isDuplicate(left, entryOf({ after: { password }, reason: `try ${password}, now` }))).toBe(
      false,
    );
  });

  it.each<[string, Parts, Parts]>([
    ['part of a string', { command: `run -u 1000:${marker}` }, { command: 'run -u 1000:1000' }],
    ['a complete string', { token: marker }, { token: 'disabled' }],
    ['a number', { pass: marker }, { pass: 12 }],
    ['JSON in a string', { config: `{"pass":"${marker}","a":1}` }, { config: '{ "pass": "ok", "a": 1 }' }],
    ['different text than newer rules hide', { a: marker, b: 'hunter2 x' }, { a: 'plain', b: marker }],
    ['members with hidden keys', { map: { '[REDACTED]': marker, on: 1 } }, { map: { 'a:b': 2, on: 1 } }],
  ])('recognizes a resend with text that only older rules hid: %s', async (_what, left, sent) => {
    const incoming = entryOf({ after: sent });
    // The current rules could detect these strings as secrets, so the entry is built as another version stored it.
    const known = { ...entryOf({ after: left }, older), contentHash: 'other' };
    expect(await isDuplicate(stored(known), incoming)).toBe(true);
  });
});
