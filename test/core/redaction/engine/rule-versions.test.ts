// Entries that older rules redacted: a resend stays a duplicate under the rules of this release.
import { describe, expect, it } from 'vitest';
import { buildEntry } from '../../../../core/recording/build-entry.ts';
import { isDuplicate } from '../../../../core/recording/duplicate-check.ts';
import { currentRules, type RedactionRules } from '../../../../core/redaction/engine/rules.ts';
import { runSeed, Seeded } from '../../../attacks/seeded.ts';
import { makeEvent, now, policy } from '../../../support/fixtures.ts';
import { everydayShapes, phraseShapes } from '../generators/everyday-shapes.ts';
import { inventedPasswords, passwordKinds } from '../generators/passwords.ts';
import { readableStates } from '../generators/readable-states.ts';

const version = currentRules.version - 1;
const [name = '', ...otherNames] = currentRules.names.secretStems;

/** Rules that know less, or hide more. */
const olderRules: Readonly<Record<string, RedactionRules>> = {
  'no detectors': { ...currentRules, version, detectors: [] },
  'few names': { ...currentRules, version, names: { ...currentRules.names, secretStems: otherNames } },
  'an unquoted value up to its first sign': {
    ...currentRules,
    version,
    detectors: [
      (text) =>
        Array.from(text.matchAll(/(?<=[:=] ?|\bpassword )[A-Za-z0-9]{2,}/g), (match) => ({
          start: match.index,
          end: match.index + match[0].length,
        })),
    ],
  },
};

function entryOf(after: object, redactionRules: RedactionRules) {
  const event = makeEvent({ eventId: 'resent', detail: { after } });
  const admission = buildEntry(event, { ...policy, redactionRules }, now);
  if (!('entry' in admission)) throw new Error(JSON.stringify(admission));
  return admission.entry;
}

function statesOf(makePassword: (seeded: Seeded) => string): object[] {
  const secret = makePassword(new Seeded(runSeed));
  const texts = Object.values({ ...everydayShapes, ...phraseShapes }).map((wrap) => wrap(secret));
  return [
    ...texts.map((note) => ({ note, quoted: `we use ${secret} now` })),
    { environment: [{ name: 'DB_PASSWORD', value: secret }], note: secret },
  ];
}

const states = [
  ...Object.values(readableStates),
  ...Object.values({ ...passwordKinds, ...inventedPasswords }).flatMap(statesOf),
];

describe('a resend of an entry that was redacted under older rules', () => {
  it.each(Object.entries(olderRules))('stays a duplicate: %s', async (_rules, rules) => {
    expect(name).not.toBe('');
    const conflicts: object[] = [];
    for (const state of states) {
      const stored = entryOf(state, rules);
      const sent = entryOf(state, currentRules);
      const isResend = await isDuplicate({ head: stored, readFull: async () => stored }, sent);
      if (!isResend) conflicts.push(state);
    }
    expect(conflicts).toEqual([]);
  });
});
