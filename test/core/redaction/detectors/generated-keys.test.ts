// Generated keys that a text quotes or labels, and random text that is public.
import { describe, expect, it } from 'vitest';
import { redactValue } from '../../../../core/redaction/engine/redact.ts';
import { runSeed, Seeded } from '../../../attacks/seeded.ts';
import { survivingPart } from '../generators/survivors.ts';

const perShape = 50;
const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const lower = 'abcdefghijklmnopqrstuvwxyz0123456789';
const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** How many of the generated secrets survive in this shape. */
function countLeaks(wrap: (seeded: Seeded) => readonly [secret: string, text: string]): number {
  let leaks = 0;
  for (let number = 0; number < perShape; number++) {
    const [secret, text] = wrap(new Seeded(runSeed + number));
    const redacted = redactValue({ note: text });
    if (survivingPart(secret, redacted) !== undefined) leaks++;
    expect(redactValue(redacted)).toEqual(redacted);
  }
  return leaks;
}

describe('a generated key', () => {
  // Chance makes a few keys that look like names. Where only the form decides, some are tolerated.
  it.each<[string, number, (seeded: Seeded) => readonly [string, string]]>([
    ['in quotes under any name', 5, (s) => inText(s.mixed(32), (key) => `mailer = "${key}"`)],
    ['as an argument', 5, (s) => inText(s.mixed(32), (key) => `connect('${key}')`)],
    [
      'of small letters under the name of a key',
      1,
      (s) => inText(s.text(32, lower), (key) => `Using Key=${key}`),
    ],
    [
      'of capitals under the name of a key',
      1,
      (s) => inText(s.text(32, upper), (key) => `routing_key: "${key}"`),
    ],
    [
      'with its id',
      5,
      (s) => inText(`${s.text(22, base64)}==:${s.mixed(32)}`, (key) => `pat set to\n${key}\nfor the server`),
    ],
    [
      'in the path of a URL',
      5,
      (s) => inText(s.mixed(40), (key) => `see https://example.com/verify/token/${key}`),
    ],
    [
      'as a list of bytes',
      0,
      (s) => {
        const bytes = Array.from({ length: 16 }, () => `0x${s.text(2, '0123456789abcdef')}`).join(', ');
        return [bytes, `unsigned char secret_key[] = { ${bytes} };`];
      },
    ],
    [
      'printed as a serial number',
      0,
      (s) =>
        inText(
          Array.from({ length: 5 }, () => s.text(5, upper)).join('-'),
          (key) => `Activation key : ${key}`,
        ),
    ],
    [
      'whose beginning is missing',
      0,
      (s) => inText(s.text(64, base64), (line) => `…\n${line}\nqwI=\n-----END RSA PRIVATE KEY-----\ndone`),
    ],
    [
      'whose end is missing',
      0,
      (s) => inText(s.text(40, base64), (line) => `key MIIBVgIBADANBgkqhkiG9w0BAQEFAASCAUAw${line}\\n`),
    ],
  ])('is hidden %s', (_place, tolerated, wrap) => {
    expect(countLeaks(wrap)).toBeLessThanOrEqual(tolerated);
  });

  function inText(secret: string, wrap: (secret: string) => string): readonly [string, string] {
    return [secret, wrap(secret)];
  }
});

describe('random text that is public', () => {
  const random = new Seeded(7).mixed(32);
  it.each([
    `{'versionId': '${random}', 'etag': "${random}"}`,
    `nextToken = "${random}"`,
    `request_id: '${random}'`,
    `restored version ${random}`,
    "stack 'OrdersStackCheckoutFunctionServiceRole' was updated",
    "the user pool 'us-east-1_AbCdEf1hI' of 'OrdersStack-Bucket-1A2B3C4D5E6F'",
    "commit '9fceb02d0ae598e95dc970b74767f19372d61af8'",
    "see 'https://docs.google.com/document/d/1sfvGnVzLQ0gmGUMQ2XbDVG1oM2Jn9cZ4K5w6Tq7rPlE/edit'",
    'allows logs:DisassociateSourceFromS3TableIntegration',
    'names match ^[a-zA-Z0-9-_$#.]+$ from now on',
    'the host 10.0.3.17 in us-east-1a runs ip-10-0-3-17.ec2.internal',
    '10.0.3.17 was replaced by 10.0.3.18 (ops/oncall-2)',
    'user/password login was disabled for orders-api-2',
    'token for arn:aws:iam::123456789012:role/OrdersApi2 was revoked',
    'password for db-1.internal:5432 is stored in SSM',
    "the session token - 'required'",
    'key: 01ARZ3NDEKTSV4RRFFQ69G5FAV',
    'arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders/password-AbC1dE',
    'if (token !== "null") return',
    'the page /tokens/orders-and-payments-overview-2026 moved',
    'MIIDXTCCAkWgAwIBAgIJAKL0UG mRkX is the beginning of a certificate',
    'done -----END CERTIFICATE-----',
    'sizes = {0x10, 0x20, 0x40}',
  ])('stays readable: %s', (note) => {
    expect(redactValue({ note })).toEqual({ note });
  });
});
