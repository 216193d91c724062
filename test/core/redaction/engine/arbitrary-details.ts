// Arbitrary event details for property tests of redaction.
import fc from 'fast-check';
import type { EventDetail } from '../../../../core/contract/event.ts';
import type { JsonValue } from '../../../../core/values/json.ts';
import { readSample } from '../../../support/fixtures.ts';
import { makePassword, secretForms, secretTexts } from './secrets.ts';

/** Base64, as services write it. */
export const encode = (text: string) => Buffer.from(text).toString('base64');

const quotations = [
  (text: string) => text,
  encode,
  (text: string) => encode(`app:${text}`),
  (text: string) => encode(JSON.stringify({ password: text })),
  (text: string) => text.replace('!', '%21'),
  (text: string) => text.replace('!', '\\u0021'),
];

const seeds = fc.integer({ min: 1, max: 1_000_000 });

/** Texts with secrets of every form, markers and ordinary words next to one another. */
const texts = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '[REDACTED:1]',
        '[REDACTED:7]',
        'password=',
        'token: ',
        '--secret ',
        'auth: ',
        '%2f',
        '+',
        '\\',
        ' ',
        '\n',
        '"',
        'orders-d',
        'arn:aws:secretsmanager:eu-west-1:123456789012:secret:',
        '=',
        '@',
        '{',
        '}',
        '["--api-key","abc"]',
        '{"env":{"A":"b"}}',
        '{"[REDACTED]":""}',
        '"curl -u a:b7!x"',
        'NAME=',
        'NAME: ',
        '12345678901234567890',
      ),
      fc.tuple(fc.constantFrom(...Object.values(secretForms)), seeds).map(([make, seed]) => make(seed).text),
      fc
        .tuple(fc.constantFrom(...Object.values(secretTexts)), seeds)
        .map(([wrap, seed]) => wrap(makePassword(seed))),
      // One of a few passwords, so that it is also elsewhere in the event: plain, encoded or escaped.
      fc
        .tuple(fc.constantFrom<(text: string) => string>(...quotations), fc.integer({ min: 1, max: 3 }))
        .map(([quote, seed]) => quote(makePassword(seed))),
      fc.string({ maxLength: 8 }),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''));

const keys = fc.oneof(
  fc.constantFrom(
    'name',
    'value',
    'password',
    'credential',
    'credentials',
    'environmentVariables',
    'env',
    'authToken',
    'auth',
    'registryAuth',
    'note',
    'key',
    'id',
    'text',
    'pin',
    'secrets',
    'environment',
    'variables',
    'authorization',
  ),
  fc.string({ maxLength: 4 }).filter((key) => key !== '__proto__'),
  seeds.map((seed) => secretForms['GitHub token']?.(seed).text ?? ''),
);

const values: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    texts,
    texts.map(encode),
    fc.constantFrom(null, true, 0, 12, ''),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(keys, tie('value'), { maxKeys: 4 }),
  ),
})).value;

/** Valid event details whose states and reason contain secrets of every kind, markers and ordinary words. */
export const details = fc
  .record({ before: fc.dictionary(keys, values), after: fc.dictionary(keys, values), reason: texts })
  .map((parts) => ({ ...readSample('05').detail, ...parts }) as EventDetail);
