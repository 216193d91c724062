// A secret that one place of an event shows, in any spelling in another place.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventDetail } from '../../../../core/contract/event.ts';
import { redactDetail } from '../../../../core/contract/redact-detail.ts';
import type { JsonValue } from '../../../../core/values/json.ts';
import { readSample } from '../../../support/fixtures.ts';

const encode = (text: string) => Buffer.from(text).toString('base64');
const hex = (text: string) => Buffer.from(text).toString('hex');

type States = Record<string, JsonValue>;

function redactStates(after: States, reason: string): EventDetail {
  return redactDetail({ ...readSample('05').detail, before: {}, after, reason } as EventDetail);
}

const secret = 'correct-horse9-battery';

/** How an entry can contain a secret in an encoding. */
const holders: Record<string, (secret: string) => States> = {
  'base64 under a telling name': (s) => ({ password: encode(s) }),
  'base64 made of a line': (s) => ({ password: encode(`${s}\n`) }),
  'base64 twice': (s) => ({ password: encode(encode(s)) }),
  'hex under a telling name': (s) => ({ apiKey: hex(s) }),
  'a Kubernetes secret': (s) => ({ kind: 'Secret', data: { password: encode(s) } }),
  'base64 of a script': (s) => ({ userData: encode(`export DB_PASSWORD=${s}`) }),
  'base64 of a script in a text': (s) => ({ note: `run ${encode(`export DB_PASSWORD=${s}`)} now` }),
  'base64 of JSON': (s) => ({ userData: encode(JSON.stringify({ password: s })) }),
  'base64 of a pair': (s) => ({ config: encode(JSON.stringify([{ name: 'DB_PASSWORD', value: s }])) }),
  'base64 of JSON in an environment variable': (s) => ({
    env: { X: encode(JSON.stringify({ password: s })) },
  }),
  "Docker's auth": (s) => ({ auths: { r: { auth: encode(`bob:${s}`) } } }),
  "Docker's auth in a text": (s) => ({ note: `auth: ${encode(`bob:${s}`)}` }),
  'a header': (s) => ({ note: `Authorization: Basic ${encode(`bob:${s}`)}` }),
  'base64 in an assignment': (s) => ({ note: `DB_PASSWORD=${encode(s)}` }),
  'a URL': (s) => ({ url: `postgres://app:${s.replaceAll('-', '%2d')}@db.internal/orders` }),
  'JSON with a key twice': (s) => ({ note: JSON.stringify({ password: s }).replace('}', ',"password":""}') }),
  'a key that is a credential': (s) => ({ map: { [`ghp_${'a1'.repeat(18)}`]: { password: s } } }),
  'an assignment in an assigned value': (s) => ({ note: `password="token=${s}"` }),
};

describe('a secret that an entry contains only in an encoding', () => {
  it.each(Object.entries(holders))('is hidden where it is quoted plain: %s', (_name, hold) => {
    const redacted = redactStates(hold(secret), `we chose ${secret}`);
    expect(redacted.reason).toMatch(/^we chose \[REDACTED:\d\]$/);
    expect(redactDetail(redacted)).toEqual(redacted);
  });

  it.each<[string, States, string]>([
    ['an ordinary word', { password: encode('production') }, 'moved to production'],
    [
      'a reference',
      { token: encode('arn:aws:sqs:eu-west-1:123456789012:orders') },
      'to arn:aws:sqs:eu-west-1:123456789012:orders',
    ],
    ['a value that only has a secret place', { env: { X: encode('checkout-api') } }, 'as checkout-api does'],
    ['bytes that are no text', { password: 'q83vEjRWeJCrze8S' }, 'moved to production'],
    [
      'a script around a secret',
      { userData: encode('echo checkout-api; export DB_PASSWORD=hunter2-9x') },
      'echo checkout-api;',
    ],
  ])('is distinguished from %s', (_name, after, reason) => {
    expect(redactStates(after, reason).reason).toBe(reason);
  });

  it('hides only the secret in a text that the entry also contains in an encoding', () => {
    const text = `#!/bin/sh\nexport DB_PASSWORD=${secret}\nexec node dist/main.js`;
    expect(redactStates({ userData: encode(text), readable: text }, 'x').after?.readable).toBe(
      '#!/bin/sh\nexport DB_PASSWORD=[REDACTED:1]\nexec node dist/main.js',
    );
  });
});

/** Every character that is no letter or digit as its bytes in percent-encoding. */
const percentAll = (text: string) =>
  text.replace(/[^A-Za-z0-9]/gu, (sign) =>
    Buffer.from(sign).reduce((all, byte) => `${all}%${byte.toString(16).padStart(2, '0')}`, ''),
  );

/** How a text can quote a secret. */
const quotes: Record<string, (secret: string) => string> = {
  'as it is': (s) => s,
  'percent-encoded': encodeURIComponent,
  'percent-encoded in small letters': (s) =>
    encodeURIComponent(s).replace(/%../g, (code) => code.toLowerCase()),
  'percent-encoded more than it must be': percentAll,
  'percent-encoded twice': (s) => encodeURIComponent(encodeURIComponent(s)),
  'form-encoded': (s) => new URLSearchParams({ s }).toString().slice(2),
  'with + for spaces': (s) => s.replaceAll(' ', '+'),
  'escaped as in JSON': (s) => JSON.stringify(s).slice(1, -1),
  'escaped as in JSON, slashes too': (s) => JSON.stringify(s).slice(1, -1).replaceAll('/', '\\/'),
  'escaped as in JSON, in ASCII': (s) =>
    JSON.stringify(s)
      .slice(1, -1)
      .replace(/[^ -~]|[&<>]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`),
};

describe('a known secret', () => {
  it.each<[string, string]>([
    ['p/sshwd-9x#y', 'try p%2fsshwd-9x%23y'],
    ['p/ss(Wd)-9x!y', 'try p%2Fss%28Wd%29-9x%21y'],
    ['correct horse battery 9', 'try correct+horse+battery+9'],
    ['correct horse/battery+9', 'try correct+horse%2fbattery%2B9'],
    ['pa"ss\\w0rd-9x', 'try pa\\"ss\\\\w0rd-9x'],
    ['pä/ss-wörd-9x', 'try p\\u00e4\\/ss-w\\u00F6rd-9x'],
    ['pä/ss-wörd-9x', 'try p%c3%a4/ss-w%C3%B6rd-9x'],
  ])('%s is hidden in: %s', (password, reason) => {
    const redacted = redactStates({ password }, reason);
    expect(redacted.reason).toMatch(/^try \[REDACTED:\d\]$/);
  });

  it('is hidden alone: the text around it stays readable', () => {
    const password = 'p/ss(wd)-9x';
    const reason = 'open "https://x.example/?q=a%20b&p=p%2fss%28wd)-9x&r=100%25" or C:\\temp\\new';
    expect(redactStates({ password }, reason).reason).toBe(
      'open "https://x.example/?q=a%20b&p=[REDACTED:2]&r=100%25" or C:\\temp\\new',
    );
  });

  const signs = fc.constantFrom(...'abcXYZ019 -_/+%#"\\&<=:.äß€\u{1f511}');
  const secrets = fc.array(signs, { minLength: 4, maxLength: 12 }).map((made) => `q7${made.join('')}Zx4`);

  /** How a text contains a quotation, and what must not be left of it. In an encoding, its ends depend on the text beside it. */
  const shells = fc.constantFrom(
    { wrap: (text: string) => text, core: (quote: string) => quote },
    ...[encode, hex].map((wrap) => ({ wrap, core: (quote: string) => wrap(quote).slice(2, -4) })),
  );

  it('survives in no quotation and no encoding of one, and repeated redaction changes nothing', () => {
    fc.assert(
      fc.property(secrets, fc.constantFrom(...Object.keys(quotes)), shells, (password, kind, shell) => {
        const quote = quotes[kind]?.(password) ?? '';
        const redacted = redactStates(
          { password, note: shell.wrap(`see ${quote} there`) },
          `try ${quote}, please`,
        );
        const kept = JSON.stringify(redacted);
        for (const left of [quote, shell.core(quote)])
          expect(kept).not.toContain(JSON.stringify(left).slice(1, -1));
        expect(redactDetail(redacted)).toEqual(redacted);
      }),
      { numRuns: 500 },
    );
  });

  it('is learned from any place of an entry, and hidden in any quotation', () => {
    const plain = fc.stringMatching(/^[a-z]{4}[-_.][A-Z]{4}[0-9]{3}$/);
    fc.assert(
      fc.property(
        plain,
        fc.constantFrom(...Object.values(holders)),
        fc.constantFrom(...Object.values(quotes)),
        (s, hold, quote) => {
          const redacted = redactStates(hold(s), `try ${quote(s)}, please`);
          expect(JSON.stringify(redacted)).not.toContain(s);
          expect(redacted.reason).toBe(
            'try [REDACTED:1], please'.replace('1', /:(\d+)/.exec(redacted.reason ?? '')?.[1] ?? ''),
          );
          expect(redactDetail(redacted)).toEqual(redacted);
        },
      ),
      { numRuns: 500 },
    );
  });
});
