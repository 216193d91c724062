import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventDetail } from '../../core/contract/event.ts';
import { redactDetail } from '../../core/contract/redact-detail.ts';
import { buildEntry } from '../../core/recording/build-entry.ts';
import { describeRejection } from '../../core/recording/rejection.ts';
import { InvalidEventError, type Secret, type ServiceEvent, seal, secret } from '../../emitter/index.ts';
import { encodings } from '../core/redaction/declared/encodings.ts';
import { makeEvent } from '../support/fixtures.ts';
import { declaredCases } from './declared-cases.ts';
import { expectHidden } from './declared-secrets.ts';
import { makeServiceEvent } from './service-events.ts';

const value = "Regen'24 & Zaun";

function issuesOf(event: unknown) {
  try {
    seal(event as ServiceEvent);
  } catch (error) {
    if (error instanceof InvalidEventError) return error.issues;
    throw error;
  }
  throw new Error('the event was sealed');
}

describe('declared secrets', () => {
  it('are not in what is sent, stored, rejected, logged or returned', async () => {
    await fc.assert(fc.asyncProperty(declaredCases, expectHidden), { numRuns: 50 });
  });

  it.each(Object.entries(encodings))('redacts a declared value in %s', (_, encode) => {
    const after = { note: `before ${encode(value)} behind` };
    const sealed = seal({ ...makeServiceEvent({ after }), secretValues: [value] } as ServiceEvent);
    expect(sealed.detail.after).toEqual({ note: expect.stringContaining('[REDACTED:1]') });
    expect(JSON.stringify(sealed)).not.toContain(encode(value));
  });

  it('redacts the shortest value, escaped and then in base64', () => {
    const after = { note: Buffer.from('Q7\\.A').toString('base64') };
    const sealed = seal({ ...makeServiceEvent({ after }), secretValues: ['Q7.A'] } as ServiceEvent);
    expect(sealed.detail.after).toEqual({ note: '[REDACTED:1]' });
  });

  it('redacts a value of several lines without its last line end, and with other line ends', () => {
    const after = { own: secret('Regen\nZaun\n'), notes: ['is Regen\nZaun.', 'is Regen\r\nZaun.'] };
    expect(seal(makeServiceEvent({ after })).detail.after).toMatchObject({
      notes: ['is [REDACTED:1].', 'is [REDACTED:2].'],
    });
  });

  it('redacts a marked value in its field and wherever else it occurs', () => {
    const event = makeServiceEvent({ reason: `set to ${value}`, after: { label: secret(value), size: 3 } });
    const { after, reason, redaction } = seal(event).detail;
    expect(after).toEqual({ label: '[REDACTED:1]', size: 3 });
    expect(reason).toBe('set to [REDACTED:1]');
    expect(redaction).toMatchObject({ declared: true });
  });

  it('accepts a marked reason and a marked user agent', () => {
    const { reason } = seal(makeServiceEvent({ reason: secret('Regen 24 Zaun') })).detail;
    expect(reason).toMatch(/^\[REDACTED:\d\]$/);
  });

  it('redacts all values that a path pattern matches, and keeps other fields', () => {
    const after = { settings: [{ name: 'A', value: 'first' }, { name: 'B', value: 7 }, { name: 'C' }] };
    const sealed = seal({
      ...makeServiceEvent({ after }),
      secretPaths: ['/after/settings/*/value'],
    } as ServiceEvent);
    expect(sealed.detail.after).toEqual({
      settings: [{ name: 'A', value: '[REDACTED:1]' }, { name: 'B', value: '[REDACTED:2]' }, { name: 'C' }],
    });
    expect(sealed.detail).not.toHaveProperty('secretPaths');
  });

  it('does not search for the value of a contract field that only a path pattern matches', () => {
    const { region } = makeServiceEvent().detail;
    const after = { env: { AWS_REGION: region }, region };
    const sealed = seal({ ...makeServiceEvent({ after }), secretPaths: ['/after/env/*'] } as ServiceEvent);
    expect(sealed.detail.after).toMatchObject({ region });
  });

  it('redacts a value of 3 characters only at its declared path', () => {
    const event = makeServiceEvent({ reason: 'abc', after: { label: secret('abc'), other: 'abc' } });
    expect(seal(event).detail).toMatchObject({
      reason: 'abc',
      after: { label: '[REDACTED:1]', other: 'abc' },
    });
  });

  it('keeps text that only partly matches a secret', () => {
    const after = { name: 'orders-prod', own: secret('postgres-orders-prod') };
    expect(seal(makeServiceEvent({ after })).detail.after).toMatchObject({ name: 'orders-prod' });
  });

  it('rejects implausible declarations and names them', () => {
    const event = makeServiceEvent();
    const refuse = (declared: object) => issuesOf({ ...event, ...declared });
    const { region, accountId, target } = event.detail;
    expect(refuse({ secretPaths: ['/after/absent'] })).toEqual([
      { path: '/secretPaths/0', code: 'INVALID_VALUE', message: 'must match a field of the event' },
    ]);
    for (const path of ['/eventId', '/occurredAt', '/authorization/decision', '/target/name', 'after', '']) {
      expect(refuse({ secretPaths: [path] })[0]?.path).toBe('/secretPaths/0');
    }
    for (const [text, field] of [
      [region, '/region'],
      [accountId, '/accountId'],
      [target.name, '/target/name'],
    ]) {
      expect(refuse({ secretValues: [text] })[0]?.message).toBe(`must not be a value that equals ${field}`);
    }
    for (const text of ['true', 'null', 'REDACTED', 'abc', 7]) {
      expect(refuse({ secretValues: [text] })[0]?.path).toMatch(/^\/secretValues/);
    }
    expect(issuesOf(makeServiceEvent({ requestId: secret(value) }))[0]?.path).toBe('/detail/requestId');
  });

  it('shows no declared value in the issues of a rejected event', () => {
    const event = makeServiceEvent({ eventId: 'evt-Zaun24', [value]: 1, after: { [value]: Number.NaN } });
    const issues = issuesOf({ ...event, secretValues: [value, 'evt-Zaun24'] });
    expect(JSON.stringify(issues)).not.toContain('Zaun');
  });

  it('shows no marked value in logs or JSON', () => {
    const marked = secret(value);
    expect(
      [String(marked), `${marked}`, JSON.stringify({ marked }), inspect({ marked })].join(),
    ).not.toContain('Zaun');
    expect(() => secret(7 as unknown as string)).toThrow(TypeError);
  });

  it('does not compile a plain string in a field of the type Secret', () => {
    interface Database {
      readonly password: Secret;
    }
    // @ts-expect-error A plain string is not a Secret.
    const bare: Database = { password: value };
    const marked: Database = { password: secret(value) };
    expect([bare, marked]).toHaveLength(2);
  });
});

describe('secretPaths in the detail', () => {
  const detail = { secretPaths: ['/after/label'], after: { label: value }, reason: `set to ${value}` };
  const policy = { roleMap: {}, producers: [] } as never;

  it('are applied by the recorder before other redaction, and are not stored', () => {
    const redacted = redactDetail(makeEvent({ detail }).detail as EventDetail);
    expect(redacted).toMatchObject({ after: { label: '[REDACTED:1]' }, reason: 'set to [REDACTED:1]' });
    expect(redacted).not.toHaveProperty('secretPaths');
    expect(redacted.redaction).toMatchObject({ declared: true });
    expect(redactDetail(redacted)).toEqual(redacted);
  });

  it('are applied to rejected events, valid or not', () => {
    for (const change of [{}, { region: 'nowhere' }, { unknownField: value }, { target: value }]) {
      const envelope = makeEvent({ detail: { ...detail, ...change } });
      expect(describeRejection(envelope, [], 0)).not.toContain('Zaun');
    }
  });

  it('reject an event when they match nothing', () => {
    const built = buildEntry(makeEvent({ detail: { secretPaths: ['/after/absent'] } }), policy, Date.now());
    expect(built).toMatchObject({ issues: [{ path: '/detail/secretPaths/0' }] });
  });
});
