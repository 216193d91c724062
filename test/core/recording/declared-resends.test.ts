// Tests that a resend stays a duplicate if the service starts or stops declaring secrets between the deliveries.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../../core/entry/entry.ts';
import { buildEntry } from '../../../core/recording/build-entry.ts';
import { isDuplicate } from '../../../core/recording/duplicate-check.ts';
import { type ServiceEvent, seal } from '../../../emitter/index.ts';
import { makeEvent, now, policy } from '../../support/fixtures.ts';
import { declaredTexts, declaredValues } from '../redaction/declared/declared-texts.ts';

type Parts = Record<string, unknown>;

/** Events and the paths that a later release of the service declares. */
interface Case {
  readonly detail: Parts;
  readonly secretPaths: readonly string[];
}

const cases: fc.Arbitrary<Case> = fc.tuple(declaredValues, declaredValues).chain(([one, other]) =>
  fc
    .record({
      note: declaredTexts(one),
      env: fc.array(fc.constantFrom(one, other, 'eu-west-1', 'info'), { minLength: 1, maxLength: 3 }),
      command: fc.constantFrom(
        `sh -c "DB_PASSWORD=${one} exec app"`,
        `psql postgres://app:${encodeURIComponent(one)}@db/orders`,
        'run',
      ),
      config: fc.constantFrom(
        JSON.stringify({ password: one, note: other, size: 3 }),
        JSON.stringify([other]),
        '{}',
      ),
      key: fc.constantFrom('plain', one, `x ${other}`),
      reason: declaredTexts(other),
      secretPaths: fc.subarray(['/after/own', '/after/other/inner', '/after/env/*/value'], { minLength: 1 }),
    })
    .map(({ note, env, command, config, key, reason, secretPaths }) => ({
      detail: {
        reason: `moved early, ${reason}`,
        after: {
          own: one,
          other: { inner: other },
          env: env.map((value, index) => ({ name: `NAME_${index}`, value })),
          note,
          command,
          config,
          nested: { [key]: [note, { kept: 1 }] },
          size: 2,
        },
      },
      secretPaths,
    })),
);

function entryOf(detail: Parts): LogEntry {
  const built = buildEntry(makeEvent({ eventId: 'e', detail }), policy, now);
  if (!('entry' in built)) throw new Error(JSON.stringify(built));
  return built.entry;
}

/** Returns the entry of the event as the emitter sends it. */
function sealedEntryOf(detail: Parts, declared: Parts = {}): LogEntry {
  const { source, 'detail-type': detailType, detail: complete } = makeEvent({ eventId: 'e', detail });
  const sealed = seal({ source, detailType, detail: complete, ...declared } as unknown as ServiceEvent);
  return entryOf(sealed.detail as unknown as Parts);
}

const stored = (entry: LogEntry) => ({ head: entry, readFull: async () => entry });

/** Changes that no marker hides on either side. */
const differences: Readonly<Record<string, (detail: Parts) => Parts>> = {
  'a different number': (detail) => ({ ...detail, after: { ...(detail.after as Parts), size: 3 } }),
  'a different type': (detail) => ({ ...detail, after: { ...(detail.after as Parts), size: '2' } }),
  'an additional field': (detail) => ({ ...detail, after: { ...(detail.after as Parts), more: true } }),
  'a different name next to a value': (detail) => ({
    ...detail,
    after: { ...(detail.after as Parts), env: [{ name: 'OTHER', value: 'info' }] },
  }),
  'a different state before': (detail) => ({ ...detail, before: { engine: 'mysql' } }),
  'text before a secret': (detail) => ({ ...detail, reason: String(detail.reason).replace('early', 'late') }),
  'a different time': (detail) => ({ ...detail, occurredAt: '2026-11-09T13:27:18.006Z' }),
  'a different user': (detail) => ({
    ...detail,
    actor: { ...(makeEvent().detail.actor as Parts), userId: 'u-9' },
  }),
};

describe('isDuplicate, when one delivery declares secrets', () => {
  it('recognizes the resend, whichever delivery declares them and whichever is stored', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ detail, secretPaths }) => {
        const undeclared = [entryOf(detail), sealedEntryOf(detail)];
        const declared = [entryOf({ ...detail, secretPaths }), sealedEntryOf(detail, { secretPaths })];
        for (const one of undeclared) {
          for (const other of declared) {
            expect(await isDuplicate(stored(one), other)).toBe(true);
            expect(await isDuplicate(stored(other), one)).toBe(true);
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  it('recognizes the resend when the deliveries declare different secrets', async () => {
    await fc.assert(
      fc.asyncProperty(cases, cases, async ({ detail, secretPaths }, { secretPaths: others }) => {
        const [one, other] = [secretPaths, others].map((paths) => entryOf({ ...detail, secretPaths: paths }));
        expect(one && other && (await isDuplicate(stored(one), other))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it.each(Object.entries(differences))('reports a conflict for %s', async (_name, change) => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ detail, secretPaths }) => {
        const changed = change(detail);
        const declared = entryOf({ ...detail, secretPaths });
        expect(await isDuplicate(stored(declared), entryOf(changed))).toBe(false);
        expect(await isDuplicate(stored(entryOf(changed)), declared)).toBe(false);
      }),
      { numRuns: 12 },
    );
  });

  it('stores that secrets were declared but not their paths', () => {
    const entry = entryOf({ after: { label: 'Regen 24' }, secretPaths: ['/after/label'] });
    expect(entry.secretsDeclared).toBe(true);
    expect(JSON.stringify(entry)).not.toContain('secretPaths');
    expect(entryOf({ after: { label: 'Regen 24' } }).secretsDeclared).toBeUndefined();
  });
});
