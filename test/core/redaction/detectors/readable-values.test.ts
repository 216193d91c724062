// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the states contain references to variables
// Values that resemble secrets and stay readable, so that a reader of the audit trail sees what changed.
import { describe, expect, it } from 'vitest';
import { redactValue } from '../../../../core/redaction/engine/redact.ts';
import { readableStates } from '../generators/readable-states.ts';

describe('a state without a secret', () => {
  it.each(Object.entries(readableStates))('stays readable: %s', (_name, state) => {
    expect(redactValue(state)).toEqual(state);
    expect(redactValue({ items: [{ before: state }] })).toEqual({ items: [{ before: state }] });
  });
});

describe('a state with a reference and a secret', () => {
  it.each<[string, object, object]>([
    [
      'a key that is a literal beside a reference',
      { MasterUserPassword: { Ref: 'DBPassword', Default: 'Rk3vT9mQz71bW' } },
      { MasterUserPassword: { Ref: '[REDACTED:2]', Default: '[REDACTED:1]' } },
    ],
    [
      'a literal where a name belongs',
      { secrets: [{ name: 'X', valueFrom: 'Rk3v#T9mQz71bW' }] },
      { secrets: [{ name: 'X', valueFrom: '[REDACTED:1]' }] },
    ],
    [
      'a database URL with a password',
      { databaseUrl: 'postgres://app:Rk3vT9mQz71bW@db.internal/orders' },
      { databaseUrl: '[REDACTED:1]' },
    ],
    [
      'a variable with a default',
      { password: '${DB_PASSWORD:-Rk3vT9mQz71bW}' },
      { password: '[REDACTED:1]' },
    ],
    [
      'a private JSON web key',
      { kty: 'oct', k: 'Rk3vT9mQz71bW', kid: 'a' },
      { kty: 'oct', k: '[REDACTED:1]', kid: 'a' },
    ],
    [
      'a workspace with a token',
      { environment: { name: 'prod', accountId: '123456789012', apiToken: 'Rk3vT9mQz71bW' } },
      { environment: { name: 'prod', accountId: '123456789012', apiToken: '[REDACTED:1]' } },
    ],
    ['a small PIN', { pin: 123 }, { pin: '[REDACTED:1]' }],
    ['a random key under any name', { X_KEY: 'Rk3vT9mQz71bW' }, { X_KEY: '[REDACTED:1]' }],
    [
      'the secret id of Vault',
      { secret_id: 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6' },
      { secret_id: '[REDACTED:1]' },
    ],
  ])('shows the reference only: %s', (_name, state, redacted) => {
    expect(redactValue(state)).toEqual(redacted);
    expect(redactValue(redacted)).toEqual(redacted);
  });
});

describe('a value under the name of a secret that only resembles a reference', () => {
  const values = [
    '$ecret123!',
    '$ECRET123',
    '$RK3VT9MQZ71BW',
    '${weird',
    '${Rk3vT9mQz71bW}',
    '{{ app.Rk3vT9mQz71bW }}',
    '$2a$10$N9qo8uLOickgx2ZMRZoMye',
    '<enter password>',
    'alias/hunter2x',
    '00:1b:44:11:3a:b7',
    'fd12:3456:789a::1',
    '5f4dcc3b5aa765d61d8327deb882cf99',
  ];
  const places: Readonly<Record<string, (value: string) => object>> = {
    'list of variables': (value) => ({ environment: [{ name: 'DB_PASSWORD', value }] }),
    'map of variables': (value) => ({ environmentVariables: { API_TOKEN: value, TOKEN_HASH: value } }),
    'lines of variables': (value) => ({ environment: `LOG=1\nDB_PASSWORD=${value}\n` }),
    'other variable': (value) => ({ environmentVariables: { CHECKOUT_SETTING: value } }),
    field: (value) => ({ dbPassword: value }),
    pair: (value) => ({ settings: [{ name: 'DB_PASSWORD', value }] }),
  };

  it.each(Object.entries(places))('is hidden: %s', (_place, stateOf) => {
    for (const value of values) {
      const redacted = JSON.stringify(redactValue(stateOf(value)));
      expect(redacted).toContain('[REDACTED:1]');
      expect(redacted).not.toContain(JSON.stringify(value).slice(1, -1));
    }
  });

  it('is hidden in an assignment with an open brace', () => {
    expect(redactValue({ reason: 'set DB_PASSWORD=${weird99' })).toEqual({
      reason: 'set DB_PASSWORD=[REDACTED:1]',
    });
  });
});
