// Texts that try to make redaction slow: twice the text can take about twice the time, whatever it repeats.
import { describe, expect, it } from 'vitest';
import { redactValue } from '../../core/redaction/engine/redact.ts';
import { filled, growthOf, linear, size, timeOf } from './growth.ts';
import { Seeded } from './seeded.ts';

/** Pieces of what the patterns match, and of what makes them continue. */
const pieces = [
  ...[
    'ID/PW ',
    '10.0.0.1 a ',
    '10.0.0.1(',
    'P/W:',
    '/token/',
    'AAAA_BBBB,"',
    'password != "',
    'password=a("',
    'password=a() or "',
    'secret={0x1,',
    '#define password ',
    'aB3dE5gH7jK9mN1p:',
    '\\n-----END PRIVATE KEY-----',
  ],
  ...[
    'password=',
    'password=a ',
    'token: ',
    '"password":"',
    "'",
    '"',
    '\\"',
    '\\',
    '=',
    ' ',
    '\n',
    '- ',
    'a',
    'Z9',
  ],
  ...[
    '-eyJ',
    '-eyJaaaaaaaa',
    'eyJ.',
    '://',
    '://a:',
    '@',
    'a@',
    '-----BEGIN PRIVATE KEY-----',
    '-----END ',
    '-',
  ],
  ...[
    'Bearer ',
    'Basic YTpi',
    ' -u a:',
    'AKIA',
    'sk-',
    'SG.',
    '1//0',
    'MIIaaAIBA',
    '$6$',
    '{',
    '}',
    '[',
    ']',
    '<a>',
    '</',
  ],
  ...[
    'name: A_PASSWORD ',
    'value: ',
    'mysql ',
    ' -p',
    'login x password y ',
    "password '",
    'a:22:b:c:',
    '%22',
    '%7B',
    '[REDACTED:1]',
    'auth=',
    'auth: YTpi',
    '%41',
    '\\u0041',
    'a+',
  ],
  ...[
    'password:\n',
    'password:\n  a\n',
    'password: |\n\n',
    'password: [',
    'password={"',
    'password (',
    'password is ',
    'password   ',
    '"Cookie: a',
    'Authorization: a=b,',
    'a b: ',
    '--token ',
    '\\\\\\"',
    'password="""',
    'password=${',
  ],
  ...[
    'curl -s ',
    'docker login a ',
    'alter user a ',
    "identified by 'a''",
    'machine a login b ',
    'config set a ',
    'value="a" ',
    'name=a,value=b ',
    '<password>',
    '<password><![CDATA[',
    '<a name="password" ',
  ],
  ...[
    'user a ',
    'user a on ',
    'on >a ',
    ' +a',
    'requirepass ',
    'redis-cli auth ',
    'hello 3 auth ',
    'AUTH a ',
    'zip -P ',
    'htpasswd -b a ',
    'vault login -a ',
    'echo a | ',
    'rabbitmqctl add_user ',
    'put-parameter ',
    '--value a ',
    '--passwords a ',
    'passwords=a,',
    'password from ',
    'token for from a to ',
    'password of ',
  ],
  ...[
    'Passwort: ',
    'пароль ',
    'パスワードは',
    'user/pass: a/',
    '10.0.0.1 (a/',
    'kind: Secret\ndata:\n  a: b\n',
    'setProperty("password","a")',
    '"a" == password',
    '"a".equals(',
    '<name>password</name><value>',
    'rotated, now ',
    'password for a: ',
    'password - ',
    "password='a'b",
    'password=(',
    "'password=a",
    'X_KEY=',
    'X_KEY="',
    '{"kty":"oct","k":"',
    'postgres://u:a',
    'sgp_',
    `sntrys_eyJpYXQiO${'a'.repeat(10)}`,
    `glpat-${'a'.repeat(27)}`,
  ],
  // Complete tokens, each of which starts a new match.
  ...[
    `AIza${'a'.repeat(35)}`,
    `AIza${'a'.repeat(35)}-`,
    `pul-${'ab'.repeat(20)}`,
    `dapi${'ab'.repeat(16)}`,
    `ghp_${'a1'.repeat(18)}`,
    `shpat_${'ab'.repeat(16)}`,
    `$2b$12$${'a'.repeat(53)}`,
    `$2b$12$${'a'.repeat(53)}_`,
    `dp.st.${'a'.repeat(30)}`,
    `SG.${'a'.repeat(16)}.${'b'.repeat(16)}`,
    `scrypt:1$${'a'.repeat(20)}`,
    '{SSHA}',
    'X=aB3'.repeat(2),
  ],
];

describe('redaction', () => {
  const redacting = (text: string) => (length: number) => {
    const note = filled(text, length);
    return () => void redactValue({ note });
  };

  it.each(pieces)('takes linear time for a text of: %j', (piece) => {
    expect(growthOf(redacting(piece), size)).toBeLessThan(linear);
  });

  it('takes linear time for text with more and more levels of escaping', () => {
    const run = (depth: number) => {
      const note = Array.from({ length: depth }, (_, times) => `%${'25'.repeat(times)}40`).join('');
      return () => void redactValue({ note });
    };
    // Four times the depth is 16 times the text. Quadratic work would take 64 times as long.
    expect(timeOf(run(800)) / timeOf(run(200))).toBeLessThan(32);
  });

  it('takes linear time for texts of any two or three pieces', () => {
    const seeded = new Seeded(7);
    for (let round = 0; round < 30; round++) {
      const text = Array.from({ length: seeded.int(2, 3) }, () => seeded.one(pieces)).join('');
      expect(growthOf(redacting(text), size / 2), JSON.stringify(text)).toBeLessThan(linear);
    }
  });

  it('takes linear time for one piece followed by many repetitions of another', () => {
    const seeded = new Seeded(8);
    for (let round = 0; round < 30; round++) {
      const [head, rest, tail] = [seeded.one(pieces), seeded.one(pieces), seeded.one(pieces)];
      const run = (length: number) => {
        const note = head + filled(rest, length) + tail;
        return () => void redactValue({ note });
      };
      expect(growthOf(run, size / 2), JSON.stringify([head, rest, tail])).toBeLessThan(linear);
    }
  });

  it.each<[string, (index: number) => [string, unknown]]>([
    ['secrets with the same prefix', (i) => [`password${i}`, `${'same-start-'}${i}`]],
    ['secrets in base64', (i) => [`password${i}`, Buffer.from(`s3cret-${i}`).toString('base64')]],
    ['secrets that contain each other', (i) => [`password${i}`, `x1${'-'.repeat(i % 400)}`]],
    ['keys that indicate credentials', (i) => [`ghp_${String(i).padStart(36, 'a')}`, i]],
    ['labels and values', (i) => [`p${i}`, { name: 'DB_PASSWORD', value: `secret-${i}` }]],
  ])('takes linear time for many %s', (_name, member) => {
    const run = (count: number) => {
      const state = Object.fromEntries(Array.from({ length: count }, (_, index) => member(index)));
      const value = { ...state, note: 'same-start-'.repeat(200) };
      return () => void redactValue(value);
    };
    expect(growthOf(run, 1500)).toBeLessThan(linear);
  });
});

describe('a known secret', () => {
  it.each(['-a', '%41', '\\\\', '+b', 'QUFB'])(
    'that almost matches at every position of a text of %j takes linear time',
    (piece) => {
      const run = (length: number) => {
        const note = filled(piece, length);
        return () => void redactValue({ password: `${filled(piece, length / 2)}Z9`, note });
      };
      expect(growthOf(run, size)).toBeLessThan(linear);
    },
  );
});
