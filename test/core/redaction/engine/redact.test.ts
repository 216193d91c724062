import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventDetail } from '../../../../core/contract/event.ts';
import { redactDetail } from '../../../../core/contract/redact-detail.ts';
import { redactValue } from '../../../../core/redaction/engine/redact.ts';
import type { JsonValue } from '../../../../core/values/json.ts';
import { readSample, sampleNames, sampleSecrets } from '../../../support/fixtures.ts';
import { details, encode } from './arbitrary-details.ts';
import { lookAlikes, makePassword, secretForms, secretNames, secretStates, secretTexts } from './secrets.ts';

function reverseKeys(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(reverseKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, child]) => [key, reverseKeys(child)]),
  );
}

describe('redactDetail', () => {
  it('changes nothing when repeated, so that emitter and recorder together do what the recorder does', () => {
    fc.assert(
      fc.property(details, (detail) => {
        const once = redactDetail(detail);
        expect(redactDetail(once)).toEqual(once);
      }),
      { numRuns: 500 },
    );
  });

  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(details, (detail) => {
        const reversed = reverseKeys(detail as unknown as JsonValue) as unknown as EventDetail;
        expect(redactDetail(reversed)).toEqual(redactDetail(detail));
      }),
      { numRuns: 300 },
    );
  });

  it('uses the same of two labels of a value, whatever their order', () => {
    const pair = { name: 'note', key: 'authToken', value: 'abc' };
    const reversed = { value: 'abc', key: 'authToken', name: 'note' };
    expect(redactValue(reversed)).toEqual(redactValue(pair));
  });

  it('hides every secret of the sample events', () => {
    const secrets = sampleSecrets();
    expect(secrets.length).toBeGreaterThanOrEqual(8);
    for (const name of sampleNames) {
      const redacted = JSON.stringify(redactDetail(readSample(name).detail as EventDetail));
      expect(secrets.filter((secret) => redacted.includes(secret))).toEqual([]);
    }
  });

  it('shows that a password changed, and nothing about it', () => {
    const { before, after } = redactDetail(readSample('06').detail as EventDetail);
    expect([after?.masterUserPassword, before?.masterUserPassword]).toEqual(['[REDACTED:1]', '[REDACTED:2]']);
    expect(after?.masterUsername).toBe('orders_admin');
  });

  it('gives equal secrets equal numbers', () => {
    const { before, after } = redactDetail(readSample('05').detail as EventDetail);
    expect(after?.masterUserPassword).toBe(before?.masterUserPassword);
  });

  it('hides every value of an environment variable', () => {
    const { after } = redactDetail(readSample('01').detail as EventDetail);
    for (const value of Object.values(after?.environmentVariables ?? {}))
      expect(value).toMatch(/^\[REDACTED:\d+\]$/);
  });

  it('keeps the contract fields that identity and keys are made of', () => {
    for (const name of sampleNames) {
      const { detail } = readSample(name);
      const { before: _b, after: _a, ...rest } = redactDetail(detail as EventDetail);
      const { before: _c, after: _d, ...given } = detail;
      expect(rest).toEqual(given);
    }
  });

  it('does not hide an ordinary value of an environment variable elsewhere', () => {
    const detail = {
      ...readSample('05').detail,
      after: { env: { X: 'checkout-api' }, name: 'checkout-api' },
    };
    expect(redactDetail(detail as EventDetail).after?.name).toBe('checkout-api');
  });
});

describe('redactValue', () => {
  it.each(Object.keys(secretForms))('finds a %s', (form) => {
    for (let seed = 1; seed <= 20; seed++) {
      const made = secretForms[form]?.(seed);
      if (!made) throw new Error(form);
      for (const state of [{ note: made.text }, { note: `see ${made.text}, please` }, [`x=${made.text}`]]) {
        expect(JSON.stringify(redactValue(state))).not.toContain(made.secret);
      }
    }
  });

  it.each(Object.keys(secretTexts))('finds a password in: %s', (form) => {
    for (let seed = 1; seed <= 20; seed++) {
      const password = makePassword(seed);
      const redacted = JSON.stringify(redactValue({ note: secretTexts[form]?.(password) }));
      expect(redacted).not.toContain(password);
      expect(redacted).not.toContain(Buffer.from(password).toString('base64').slice(2, 12));
    }
  });

  it.each(Object.keys(secretStates))('finds a secret by name: %s', (form) => {
    for (let seed = 1; seed <= 20; seed++) {
      const password = makePassword(seed);
      expect(JSON.stringify(redactValue(secretStates[form]?.(password)))).not.toContain(password);
    }
  });

  it.each(secretNames)('hides the value under this name: %s', (name) => {
    expect(redactValue({ [name]: 'hunter2-abc', note: `${name}=hunter2-xyz` })).toEqual({
      [name]: expect.stringMatching(/^\[REDACTED:\d\]$/),
      note: expect.stringMatching(/=\[REDACTED:\d\]$/),
    });
  });

  it.each(lookAlikes.map((state) => [JSON.stringify(state), state]))('leaves %s', (_text, state) => {
    expect(redactValue(state)).toEqual(state);
  });

  it('keeps the readable part of a connection string', () => {
    expect(redactValue({ note: 'postgres://app:hunter22x@db.internal:5432/orders' })).toEqual({
      note: 'postgres://app:[REDACTED:1]@db.internal:5432/orders',
    });
  });

  it.each([
    ['echo in | docker login --password-stdin', 'echo [REDACTED:1] | docker login --password-stdin'],
    ['echo "root:passwd" | sudo chpasswd', 'echo "root:[REDACTED:1]" | sudo chpasswd'],
  ])('hides a word that also stands behind it in the command: %s', (note, redacted) => {
    expect(redactValue({ note })).toEqual({ note: redacted });
  });

  it('keeps the names of variables in one text', () => {
    const text = 'API_HOST=a\n\nexport STRIPE="b c"\n# old one\nKEY: d';
    expect(redactValue({ environmentVariables: text })).toEqual({
      environmentVariables:
        'API_HOST=[REDACTED:1]\n\nexport STRIPE=[REDACTED:2]\n[REDACTED:3]\nKEY: [REDACTED:4]',
    });
  });

  it('hides variables as a whole if every name of them is a secret', () => {
    const name = encode('{"password":"hunter2-x9!Q"}').replace(/=+$/, '');
    expect(redactValue({ environment: `${name}=abc-def9\nold: b` })).toEqual({ environment: '[REDACTED:1]' });
    expect(redactValue({ environment: `${name}=abc-def9\nHOST=b` })).toEqual({
      environment: '[REDACTED:1]\nHOST=[REDACTED:2]',
    });
  });

  it.each<[JsonValue, JsonValue]>([
    [{ pin: [1234] }, { pin: ['[REDACTED:1]'] }],
    [{ pin: { old: 1234, new: 5678 } }, { pin: { new: '[REDACTED:1]', old: '[REDACTED:2]' } }],
    [
      { secret: { value: 123456, rotationDays: 30 } },
      { secret: { value: '[REDACTED:1]', rotationDays: 30 } },
    ],
  ])('hides numbers below a name such as pin: %j', (value, redacted) => {
    expect(redactValue(value)).toEqual(redacted);
  });

  it.each(['12345678901234567890', '1e400', '0.12345678901234567'])(
    'hides JSON in a text as a whole if a number in it would change: %s',
    (number) => {
      expect(redactValue({ config: `{"n":${number},"password":"x1"}` })).toEqual({ config: '[REDACTED:1]' });
    },
  );

  it('keeps the numbers of JSON in a text that a double can store', () => {
    const config = '{"a": 1.50, "b": 0.30000000000000004, "c": 1E3, "password": "x1"}';
    expect(redactValue({ config })).toEqual({
      config: '{"a":1.5,"b":0.30000000000000004,"c":1000,"password":"[REDACTED:1]"}',
    });
  });

  it('judges a label that contains a secret alike before and after redaction', () => {
    for (const label of [
      '["--api-key","abc"]',
      '{"env":{"A":"b"}}',
      '"curl -u a:b7!x"',
      '{"[REDACTED]":""}',
    ]) {
      for (const settings of [[{ key: label, value: 'hello' }], [[label, 'hello']]]) {
        const once = redactValue({ settings });
        expect(JSON.stringify(once)).not.toContain('hello');
        expect(redactValue(once)).toEqual(once);
      }
    }
  });

  it('does not use an environment variable in capitals as a label', () => {
    const env = { PATH: 'hunter2-abc', DEFAULT: 'x', HEADER: 'hunter2-xyz' };
    expect(JSON.stringify(redactValue({ env }))).not.toContain('hunter2');
  });

  it('keeps user names among credentials', () => {
    expect(redactValue({ credentials: { username: 'app', password: 'x' } })).toEqual({
      credentials: { username: 'app', password: '[REDACTED:1]' },
    });
  });

  it('replaces members whose keys are credentials with one member', () => {
    const key = secretForms['GitHub token']?.(1).text ?? '';
    expect(redactValue({ [key]: { status: 'active' }, a: 1 })).toEqual({
      a: 1,
      '[REDACTED]': '[REDACTED:1]',
    });
  });

  it('keeps an own __proto__ key harmless', () => {
    const redacted = redactValue(JSON.parse('{"__proto__":{"password":"x1"},"a":1}')) as object;
    expect(Object.keys(redacted)).toEqual(['__proto__', 'a']);
    expect(Object.getPrototypeOf(redacted)).toBe(Object.prototype);
  });

  it('reads a value that is 512 levels deep', () => {
    let value: JsonValue = { password: 'deep-secret-1' };
    for (let i = 0; i < 511; i++) value = [value];
    expect(JSON.stringify(redactValue(value))).not.toContain('deep-secret-1');
  });

  it('hides JSON with a duplicate key as a whole, because only the last of the two can be read', () => {
    for (const note of [
      '{"password":"hunter2-Abc9","password":""}',
      '[{"a":{"b":"hunter2-Abc9","b" : 1}}]',
    ]) {
      expect(redactValue({ note })).toEqual({ note: '[REDACTED:1]' });
    }
    const plain = '{"a": 1.0, "b": {"a": "\\"c\\": 2"}}';
    expect(redactValue({ note: plain })).toEqual({ note: plain });
  });

  it('reads nested encoded JSON a few times, not once for each path through it', () => {
    let text = 'x';
    for (let level = 0; level < 27; level++)
      text = Buffer.from(JSON.stringify([[text, 'y']])).toString('base64');
    expect(redactValue({ note: text })).toEqual({ note: '[REDACTED:1]' });
  });

  it('hides text as a whole if it has more encodings than are read', () => {
    const escaped = (times: number) => `%${'25'.repeat(times)}40example.com`;
    expect(redactValue({ note: `see ${escaped(0)} ${escaped(2)}` })).toEqual({
      note: `see ${escaped(0)} ${escaped(2)}`,
    });
    const note = Array.from({ length: 9 }, (_, times) => escaped(times)).join('/');
    expect(redactValue({ note })).toEqual({ note: '[REDACTED:1]' });
  });

  it('searches a reference to a secret too', () => {
    const reference = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf';
    const key = secretForms['GitHub token']?.(1).text ?? '';
    expect(redactValue({ env: { A: reference, B: `${reference},${key}` } })).toEqual({
      env: { A: reference, B: `${reference},[REDACTED:1]` },
    });
  });

  it('hides a reference as a whole if its beginning is a known secret', () => {
    const reference = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod';
    const redacted = redactValue({ env: { A: reference }, password: 'aws:secretsmanager' });
    expect(redacted).toEqual({ env: { A: '[REDACTED:1]' }, password: '[REDACTED:2]' });
    expect(redactValue(redacted)).toEqual(redacted);
  });

  it('numbers a marker inside a reference like any other', () => {
    const [one = '', other = ''] = [1, 2].map((seed) => secretForms['GitHub token']?.(seed).text);
    const credential = `arn:aws:secretsmanager:eu-west-1:123456789012:secret:${one}`;
    const states = {
      before: { credential, webhook: one, env: [`A=${credential}`] },
      after: { credential, webhook: other },
    };
    const redacted = redactValue(states);
    expect(redacted).toMatchObject({
      before: { webhook: '[REDACTED:1]' },
      after: { webhook: '[REDACTED:2]' },
    });
    expect(redactValue(redacted)).toEqual(redacted);
  });

  it('hides a known secret that is quoted in an encoding, alone or beside other text', () => {
    const password = 'Hunter2-zz';
    const quotes = [
      encode(`deploy:${password}`),
      encode(`#!/bin/sh\ncurl -H "X-A: ${password}" db`),
      encode(JSON.stringify({ note: `see ${encode(`${password}, really`)}` })),
      Buffer.from(`it is ${password}`).toString('hex'),
      encodeURIComponent(`it=${password}`).replaceAll('u', '%75'),
    ];
    for (const quote of quotes) {
      expect(redactValue({ password, userData: quote, note: `${quote} x` })).toMatchObject({
        password: expect.stringMatching(/^\[REDACTED:\d\]$/),
        userData: expect.stringMatching(/^\[REDACTED:\d\]$/),
        note: expect.stringMatching(/^\[REDACTED:\d\] x$/),
      });
    }
  });

  it("takes base64 of user and password under Docker's `auth` for a secret", () => {
    const auths = (auth: string) => ({ auths: { 'registry.example': { auth } } });
    expect(redactValue(auths(encode('deploy:plainword')))).toEqual(auths('[REDACTED:1]'));
    for (const auth of ['none', 'IAM', 'mutual:tls', 'QUtJQQ==']) {
      expect(redactValue(auths(auth))).toEqual(auths(auth));
    }
  });

  it('gives the same result whatever it has redacted before', () => {
    const inner = encode('{"hello":"world-98765"}');
    let nested = inner;
    for (let level = 0; level < 4; level++) nested = encode(JSON.stringify({ a: nested }));
    const first = redactValue({ x: nested });
    redactValue({ y: inner });
    expect(redactValue({ x: nested })).toEqual(first);
  });

  it('hides JSON that is nested too deep inside a string as a whole', () => {
    expect(redactValue({ note: '['.repeat(5000) + ']'.repeat(5000) })).toEqual({ note: '[REDACTED:1]' });
  });

  it('reads each character only a few times, whatever the text is', () => {
    const size = 1_000_000;
    for (const text of [
      'password=',
      'a=',
      '://a:',
      'eyJ',
      '-----BEGIN PRIVATE KEY-----',
      '"',
      '{',
      'x y ',
      "token: '",
      '-u a:',
      `AIza${'a'.repeat(35)}`,
      'A=b\n',
    ]) {
      // A quadratic search would take minutes here.
      const note = text.repeat(size / text.length);
      redactValue({ note, environmentVariables: note });
    }
  });

  it('compares each of many secrets that begin alike with a text only a few times', () => {
    const secrets = Array.from({ length: 2000 }, (_, index) => `${'q1!'.repeat(90)}${index}zz`);
    const redacted = redactValue({ passwords: secrets, note: secrets.join(' ') });
    expect(JSON.stringify(redacted)).not.toContain('q1!');
  });

  it('reads JSON in the labels of JSON once for each depth', () => {
    let label = 'lorem ipsum dolor 7 '.repeat(20_000);
    for (let depth = 0; depth < 4; depth++) label = `[{"key":${JSON.stringify(label)},"value":"x"},1e400]`;
    const state = { key: label, value: 'y' };
    expect(redactValue(state)).toEqual(state);
  });
});
