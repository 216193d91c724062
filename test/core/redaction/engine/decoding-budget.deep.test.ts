import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { worstDetail, worstStates } from '../../../../bench/worst-events.ts';
import type { EventDetail } from '../../../../core/contract/event.ts';
import { redactDetail } from '../../../../core/contract/redact-detail.ts';
import { redactValue } from '../../../../core/redaction/engine/redact.ts';
import { currentRules, type RedactionRules } from '../../../../core/redaction/engine/rules.ts';
import { survives } from '../../../attacks/secrets/survival.ts';
import { runSeed, Seeded } from '../../../attacks/seeded.ts';
import { readSample } from '../../../support/fixtures.ts';
import { details, encode } from './arbitrary-details.ts';
import { makePassword } from './secrets.ts';

const base = readSample('05').detail as EventDetail;

/** The rules of this release with a smaller budget. */
function withBudget(maxDecodedCharacters: number): RedactionRules {
  return { ...currentRules, maxDecodedCharacters };
}

/** The characters that the detectors read of an event. */
function charactersRead(detail: EventDetail, rules: RedactionRules): number {
  let read = 0;
  const count = (text: string) => {
    read += text.length;
    return [];
  };
  redactDetail(detail, { ...rules, detectors: [...rules.detectors, count] });
  return read;
}

describe('the decoding budget', () => {
  const bytes = 64 * 1024;

  // An event's own texts are read once, and what is left of them once more. So are the decoded texts.
  it.each(Object.entries(worstStates))('limits what is read of an event of %s', (_shape, makeState) => {
    const detail = worstDetail(base, makeState(bytes));
    expect(charactersRead(detail, withBudget(bytes)) / JSON.stringify(detail).length).toBeLessThan(4);
  });

  it('hides text that it does not cover as a whole, and only that', () => {
    const text = encode('a harmless text of orders');
    const state = {
      covered: text,
      note: `see ${encode('another harmless text of orders')}`,
      plain: 'orders',
    };
    expect(redactValue(state, withBudget(1000))).toEqual(state);
    expect(redactValue(state, withBudget(300))).toEqual({ ...state, note: 'see [REDACTED:1]' });
    expect(redactValue(state, withBudget(0))).toEqual({
      covered: '[REDACTED:1]',
      note: 'see [REDACTED:2]',
      plain: 'orders',
    });
  });

  it('does not count text that decodes to nothing readable', () => {
    const seeded = new Seeded(runSeed);
    const list = Array.from({ length: 1000 }, () => seeded.mixed(16));
    const state = { list, note: list.slice(0, 10).join('; ') };
    expect(redactValue(state, withBudget(0))).toEqual(state);
  });

  it('leaves nothing of a text that it does not cover to be found elsewhere', () => {
    const text = encode('a harmless text of orders');
    const state = { covered: text, note: `see ${text} and ${text}` };
    expect(redactValue(state, withBudget(0))).toEqual({
      covered: '[REDACTED:1]',
      note: 'see [REDACTED:1] and [REDACTED:1]',
    });
  });

  it('counts equal texts once', () => {
    const text = encode('a harmless text of orders');
    const state = { list: Array.from({ length: 10 }, () => text) };
    expect(redactValue(state, withBudget(300))).toEqual(state);
  });

  it('covers 500 KB of encoded text', () => {
    const state = { userData: encode('# a script of orders\n'.repeat(24_000)) };
    expect(redactValue(state)).toEqual(state);
  });

  const budgets = fc.integer({ min: 0, max: 1500 });

  it('changes nothing in a redacted event, however small it is', () => {
    fc.assert(
      fc.property(details, budgets, (detail, budget) => {
        const once = redactDetail(detail, withBudget(budget));
        expect(redactDetail(once, withBudget(budget))).toEqual(once);
      }),
      { numRuns: 500 },
    );
  });

  it('hides variables as a whole if it does not cover the only name that identifies them', () => {
    const name = encode('app:a harmless text of orders').replace(/=+$/, '');
    const state = { env: `${name}=postgres://app:x@db.internal/orders`, note: encode('more harmless text') };
    expect(redactValue(state, withBudget(1000))).toEqual({ ...state, env: `${name}=[REDACTED:1]` });
    expect(redactValue(state, withBudget(0))).toEqual({ env: '[REDACTED:1]', note: '[REDACTED:2]' });
  });

  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(details, budgets, (detail, budget) => {
        const reversed = JSON.parse(JSON.stringify(detail), reverseKeys) as EventDetail;
        expect(redactDetail(reversed, withBudget(budget))).toEqual(redactDetail(detail, withBudget(budget)));
      }),
      { numRuns: 300 },
    );
  });

  it('leaves no encoded secret readable, however small it is', () => {
    const seeds = fc.integer({ min: 1, max: 1_000_000 });
    fc.assert(
      fc.property(fc.array(seeds, { minLength: 1, maxLength: 8 }), budgets, (made, budget) => {
        const secrets = made.map(makePassword);
        const state = {
          list: secrets.map((password) => encode(JSON.stringify({ user: 'app', password }))),
          note: secrets.map((password) => encode(encode(`password: ${JSON.stringify(password)}`))).join(' '),
        };
        const redacted = redactValue(state, withBudget(budget));
        for (const secret of secrets) expect(survives(secret, redacted)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});

/** As a reviver: the objects of a document with their keys in reverse. */
function reverseKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).reverse());
}
