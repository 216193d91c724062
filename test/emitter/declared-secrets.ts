// Random events that declare their secrets, and a check that no trace of a secret remains.
import fc from 'fast-check';
import { expect } from 'vitest';
import type { ServiceEvent } from '../../emitter/index.ts';
import { seal, secret } from '../../emitter/index.ts';
import { declaredTexts, declaredValues } from '../core/redaction/declared/declared-texts.ts';
import { makeServiceEvent } from './service-events.ts';

export interface DeclaredCase {
  readonly event: ServiceEvent;
  readonly value: string;
  readonly sources: readonly string[];
}

export const declaredCases: fc.Arbitrary<DeclaredCase> = declaredValues.chain((value) =>
  fc
    .record({
      how: fc.constantFrom('secret', 'values', 'path', 'pattern'),
      reason: declaredTexts(value),
      userAgent: declaredTexts(value),
      note: declaredTexts(value),
      list: fc.array(declaredTexts(value), { maxLength: 3 }),
      key: fc.oneof(fc.constant('plain'), declaredTexts(value)),
    })
    .map(({ how, reason, userAgent, note, list, key }) => {
      const own = how === 'secret' ? secret(value) : value;
      const after = { own: { field: own }, note, list, nested: { [key]: { inner: note } } };
      const event = makeServiceEvent({ reason, before: { engine: 'postgres' }, after });
      const actor = { ...event.detail.actor, userAgent };
      const declared = {
        secret: {},
        values: { secretValues: [value] },
        path: { secretPaths: ['/after/own/field'] },
        pattern: { secretPaths: ['/after/own/*'] },
      }[how];
      const complete = { ...event, detail: { ...event.detail, actor }, ...declared } as ServiceEvent;
      return { event: complete, value, sources: [reason, userAgent, note, ...list, key] };
    }),
);

/** Whether the text, or anything that it encodes, contains the value. Independent of the product's own search. */
export function survives(text: string, value: string, layers = 4): boolean {
  if (text.includes(value)) return true;
  if (layers === 0) return false;
  const readings: string[] = [];
  try {
    readings.push(JSON.stringify(JSON.parse(text)).replace(/\\(["\\])/g, '$1'));
  } catch {
    // Not JSON.
  }
  readings.push(
    text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString()),
  );
  readings.push(
    text.replace(/\\u([0-9a-f]{4})/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16))),
  );
  readings.push(text.replace(/\\([^u])/g, '$1'));
  for (const [run] of text.matchAll(/[A-Za-z0-9+/_-]{6,}/g))
    readings.push(Buffer.from(run, 'base64').toString());
  for (const [run] of text.matchAll(/(?:[0-9a-f]{2}){4,}/gi))
    readings.push(Buffer.from(run, 'hex').toString());
  return readings.some((reading) => reading !== text && survives(reading, value, layers - 1));
}

/** Seals the event and expects no trace of the value. */
export function expectHidden({ event, value }: DeclaredCase): void {
  const sealed = seal(event);
  const { before, after, reason, actor } = sealed.detail;
  const texts = [reason ?? '', actor.userAgent ?? '', ...leavesOf([before, after])];
  for (const text of texts) {
    if (survives(text, value)) expect.fail(`${JSON.stringify(value)} survives in ${JSON.stringify(text)}`);
  }
  expect(JSON.stringify(seal(JSON.parse(JSON.stringify(sealed))))).toBe(JSON.stringify(sealed));
}

function leavesOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [String(value)];
  return Object.entries(value).flatMap(([key, child]) => [key, ...leavesOf(child)]);
}
