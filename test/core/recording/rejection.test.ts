import { brotliDecompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactDetail } from '../../../core/contract/redact-detail.ts';
import { checkEnvelope } from '../../../core/contract/validation.ts';
import { describeRejection } from '../../../core/recording/rejection.ts';
import { issueCodes } from '../../../core/values/issue.ts';
import { goodSampleNames, makeEvent, now, readSample, sampleSecrets } from '../../support/fixtures.ts';
import { makePassword, secretForms } from '../redaction/engine/secrets.ts';

const reasons = [{ path: '/detail', code: issueCodes.producerNotAllowed, message: 'may not' }];

function rejectedEvent(event: unknown) {
  return JSON.parse(describeRejection(event, reasons, now) ?? '').event;
}

const passwords = fc.integer({ min: 1, max: 100_000 }).map(makePassword);

describe('describeRejection', () => {
  it.each(goodSampleNames)('keeps the fields of %s that make a resend the same entry', (name) => {
    const event = readSample(name);
    const rejected = rejectedEvent(event);
    const { detail: _, ...envelope } = event;
    expect(rejected).toMatchObject(envelope);
    expect(checkEnvelope(rejected)).toHaveProperty('value');
    expect(redactDetail(rejected.detail)).toEqual(redactDetail(event.detail));
  });

  it('redacts an event that conforms to the contract exactly as the recorder does', () => {
    fc.assert(
      fc.property(passwords, fc.integer({ min: 0, max: 3 }), (password, place) => {
        // A name that equals a secret in the states is kept, as in an entry.
        const event = makeEvent({
          eventId: place === 0 ? password.replace(/[^A-Za-z0-9._:-]/g, '-') : 'evt',
          detail: {
            before: { note: `was ${password}` },
            after: { password },
            reason: `set ${password}`,
            requestId: place === 1 ? password : 'req',
            actor: { userId: 'u-1', type: 'user', role: 'Developer', name: place === 2 ? password : 'Ben' },
          },
        });
        const rejected = rejectedEvent(event);
        expect(rejected.detail).toEqual(redactDetail(event.detail as never));
      }),
    );
  });

  it('keeps the ID, account, time and event ID of an event that violates the contract', () => {
    const event = makeEvent({ eventId: 'evt-210987654321' });
    event.detail.after = { password: event.account, token: event.detail.eventId };
    event.detail.region = 'nowhere';
    const rejected = rejectedEvent(event);
    const { id, account, time, source } = event;
    expect(rejected).toMatchObject({ id, account, time, source, 'detail-type': event['detail-type'] });
    expect(rejected.detail).toMatchObject({ eventId: 'evt-210987654321', organizationId: 'acme' });
    expect(rejected.detail.after).toEqual({ password: '[REDACTED:1]', token: '[REDACTED:2]' });
  });

  it('does not keep a credential as an ID', () => {
    const token = secretForms['GitHub token']?.(7).text ?? '';
    const event = { ...makeEvent({ eventId: token }), id: token, account: token };
    expect(describeRejection(event, reasons, now)).not.toContain(token);
  });

  it('contains no sample secret if the envelope is malformed', () => {
    for (const name of goodSampleNames) {
      const { detail } = readSample(name);
      for (const envelope of [detail, [detail], { detail: [detail] }, { id: detail, detail: null }, null]) {
        const text = describeRejection(envelope, reasons, now) ?? '';
        expect(sampleSecrets().filter((secret) => text.includes(secret))).toEqual([]);
      }
    }
  });

  it('returns text that every queue accepts, compressed or not', () => {
    const unknownField = [
      {
        path: '/detail/\ufffe\uffff😀',
        code: issueCodes.unknownField,
        message: 'is not a field of the contract',
      },
    ];
    for (const words of [1, 210_000]) {
      const event = makeEvent({ detail: { after: { note: 'word '.repeat(words), '\uffff': 1 } } });
      const text = describeRejection(event, unknownField, now) ?? '';
      expect(text).not.toMatch(/[\ud800-\udfff\ufffe\uffff]/);
      expect(JSON.parse(text).reasons).toEqual(unknownField);
      expect(text.includes('eventBrotli')).toBe(words > 1);
    }
  });

  it('compresses an event that is too large', () => {
    const after = { note: 'word '.repeat(210_000) };
    const event = makeEvent({ detailType: 'Resource Created', detail: { region: 'nowhere', after } });
    const { eventBrotli } = JSON.parse(describeRejection(event, reasons, now) ?? '');
    const unpacked = JSON.parse(brotliDecompressSync(Buffer.from(eventBrotli, 'base64')).toString());
    expect(unpacked).toEqual(event);
  });
});
