// Tests that the fields of AWS resources that contain secrets are hidden in any spelling, whatever their value is.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactValue } from '../../../../core/redaction/engine/redact.ts';
import { awsSensitiveMembers } from '../../../../core/redaction/known/aws-sensitive-members.ts';
import { addedFields, reviewedAwsFields } from '../../../../core/redaction/known/reviewed-fields.ts';
import { isMarker } from '../../../../core/redaction/text/markers.ts';
import type { JsonObject, JsonValue } from '../../../../core/values/json.ts';

const fieldsByName = [reviewedAwsFields, addedFields]
  .flatMap((services) => Object.values(services).flatMap((fields) => Object.entries(fields)))
  .flatMap(([name, treatments]) =>
    treatments.some((one) => 'hide' in one && one.hide === 'by name') ? [name] : [],
  );

/** Each spelling of a name that AWS writes in PascalCase or camelCase. */
const spellings: Readonly<Record<string, (words: readonly string[]) => string>> = {
  PascalCase: (words) => words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(''),
  camelCase: (words) =>
    words.map((word, at) => (at === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join(''),
  snake_case: (words) => words.join('_'),
  'kebab-case': (words) => words.join('-'),
  SCREAMING_CASE: (words) => words.join('_').toUpperCase(),
  'dotted.case': (words) => words.join('.'),
  'Title Case': (words) => words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' '),
  lowercase: (words) => words.join(''),
};

const wordsOf = (name: string) =>
  name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(' ');

const spelledNames = fc
  .tuple(fc.constantFrom(...fieldsByName), fc.constantFrom(...Object.values(spellings)))
  .map(([name, spell]) => spell(wordsOf(name)));

/** Any text, and texts that the rules take for something other than a secret in other fields. */
const values = fc
  .oneof(
    fc.string({ minLength: 1, unit: 'grapheme' }),
    fc.constantFrom(
      'enabled',
      'required',
      'none',
      'postgres',
      'true',
      '12 of 14',
      'AWS_IAM',
      '{}',
      '[]',
      '0',
    ),
    fc.constantFrom('{"a":1}', 'line one\nline two', 'https://db.example/orders', 'QUJDREVGR0g='),
    fc.nat(),
  )
  .filter((value) => !isReferenceLike(String(value)));

/** References stay readable. */
function isReferenceLike(value: string): boolean {
  return /^(?:arn:|\{\{|\$)/.test(value) || isMarker(value);
}

const wrappings = fc.constantFrom<(name: string, value: JsonValue) => JsonValue>(
  (name, value) => ({ [name]: value }),
  (name, value) => ({ [name]: { value } }),
  (name, value) => ({ [name]: { old: value, new: value } }),
  (name, value) => ({ [name]: [value] }),
  (name, value) => ({ parameters: [{ ParameterKey: name, ParameterValue: value }] }),
  (name, value) => ({ settings: [[name, value]] }),
  (name, value) => ({ nested: [{ deep: { [name]: value } }] }),
  (name, value) => ({ text: JSON.stringify({ [name]: value }) }),
);

describe('the fields that AWS marks as sensitive', () => {
  it.each(Object.entries(awsSensitiveMembers))('are all reviewed: %s', (service, members) => {
    expect(Object.keys(reviewedAwsFields[service] ?? {}).sort()).toEqual(Object.keys(members).sort());
    for (const structures of Object.values(members)) expect(structures).toEqual([...structures].sort());
  });

  it('include the passwords of RDS, and nothing of ElastiCache', () => {
    expect(Object.keys(awsSensitiveMembers.rds ?? {})).toContain('MasterUserPassword');
    expect(awsSensitiveMembers.elasticache).toEqual({});
  });
});

describe('known fields', () => {
  it('are hidden in any spelling, whatever their value is', () => {
    fc.assert(
      fc.property(spelledNames, values, wrappings, (name, value, wrap) => {
        const [hidden, plain] = [value, 'aVt9Wc'].map((one) => JSON.stringify(redactValue(wrap(name, one))));
        expect(hidden).toContain('[REDACTED:1]');
        // Nothing but the marker is left of the value.
        expect(hidden?.replaceAll(/\[REDACTED:\d\]/g, 'R')).toBe(plain?.replaceAll(/\[REDACTED:\d\]/g, 'R'));
      }),
      { numRuns: 500 },
    );
  });

  it.each<[string, JsonObject, JsonObject]>([
    [
      'AppConfig content',
      { ContentType: 'text/plain', Content: 'on', Description: 'v2' },
      { ContentType: 'text/plain', Content: '[REDACTED:1]', Description: 'v2' },
    ],
    [
      'AppConfig content that is spelled twice',
      { content_type: 'text/plain', content: 'on', Content: 'off' },
      { content_type: 'text/plain', content: '[REDACTED:2]', Content: '[REDACTED:1]' },
    ],
    [
      'AppConfig validators',
      { validators: [{ type: 'JSON_SCHEMA', content: '{"type":"object"}' }] },
      { validators: [{ type: 'JSON_SCHEMA', content: '[REDACTED:1]' }] },
    ],
    [
      'RDS option settings',
      { option_settings: [{ name: 'TIMEZONE', value: 'on' }] },
      { option_settings: [{ name: 'TIMEZONE', value: '[REDACTED:1]' }] },
    ],
    [
      'environment variables of Elastic Beanstalk',
      {
        optionSettings: [
          { Namespace: 'aws:elasticbeanstalk:application:environment', OptionName: 'LEVEL', Value: 'info' },
        ],
      },
      {
        optionSettings: [
          {
            Namespace: 'aws:elasticbeanstalk:application:environment',
            OptionName: 'LEVEL',
            Value: '[REDACTED:1]',
          },
        ],
      },
    ],
    [
      'a constant of another service that is itself a secret',
      { password: 'PlainText', content: 'on', contentType: 'PlainText' },
      { password: '[REDACTED:2]', content: '[REDACTED:1]', contentType: '[REDACTED:2]' },
    ],
    [
      'the authentication mode of an ElastiCache user',
      { AuthenticationMode: { Type: 'password', Passwords: ['enabled', 'required'] } },
      { AuthenticationMode: { Type: 'password', Passwords: ['[REDACTED:1]', '[REDACTED:2]'] } },
    ],
    [
      'CodeBuild source credentials',
      { authType: 'BASIC_AUTH', token: 'required', username: 'ci' },
      { authType: 'BASIC_AUTH', token: '[REDACTED:1]', username: 'ci' },
    ],
    [
      'CodeBuild variables in plain text',
      { environmentVariables: [{ name: 'LEVEL', type: 'PLAINTEXT', value: 'info' }] },
      { environmentVariables: [{ name: 'LEVEL', type: 'PLAINTEXT', value: '[REDACTED:1]' }] },
    ],
    [
      'environment variables of ECS containers',
      { environment: [{ name: 'LEVEL', value: 'info' }] },
      { environment: [{ name: 'LEVEL', value: '[REDACTED:1]' }] },
    ],
  ])('are hidden inside and beside others: %s', (_name, state, hidden) => {
    expect(redactValue(state)).toEqual(hidden);
    expect(redactValue(hidden)).toEqual(hidden);
  });

  it.each<[string, JsonObject]>([
    ['whether there is a password', { ManageMasterUserPassword: true, RotateMasterUserPassword: false }],
    [
      'the ARN of a secret',
      { MasterUserPassword: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders-Ab1' },
    ],
    [
      'a dynamic reference',
      { masterUserPassword: '{{resolve:secretsmanager:orders:SecretString:password}}' },
    ],
    [
      'the state of a token',
      { AuthTokenEnabled: true, AuthTokenStatus: 'SETTING', AuthTokenUpdateStrategy: 'ROTATE' },
    ],
    [
      'the parameter behind a CodeBuild variable',
      { environmentVariables: [{ name: 'DB', type: 'PARAMETER_STORE', value: '/orders/db' }] },
    ],
    [
      'the secret behind CodeBuild registry credentials',
      { registryCredential: { credential: 'orders-registry', credentialProvider: 'SECRETS_MANAGER' } },
    ],
    [
      'the parameter behind ECS registry credentials',
      {
        repositoryCredentials: {
          credentialsParameter: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:hub-Ab1',
        },
      },
    ],
    ['a reference in a template', { MasterUserPassword: { Ref: 'DBPassword' } }],
    ['a reference to a variable', { masterUserPassword: '$DB_PASSWORD', auth_token: '$REDIS_TOKEN' }],
    ['the secrets of ECS containers', { secrets: [{ name: 'DB_PASSWORD', valueFrom: 'orders-prod-db' }] }],
    [
      'the options of Elastic Beanstalk',
      { OptionSettings: [{ Namespace: 'aws:autoscaling:asg', OptionName: 'MinSize', Value: '15' }] },
    ],
    ['a message of Amazon Lex', { messages: [{ content: 'Try again?', contentType: 'PlainText' }] }],
    ['content that is no AppConfig content', { content: 'on', description: 'v2' }],
  ])('leave readable: %s', (_name, state) => {
    expect(redactValue(state)).toEqual(state);
  });
});
