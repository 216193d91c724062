import { describe, expect, it } from 'vitest';
import {
  arnOf,
  findFunction,
  issuerSettings,
  poolSettings,
  synthesize,
  witnessSettings,
} from '../synthesize.ts';

const template = synthesize({ ...poolSettings, ...witnessSettings });
const entries = [
  'record',
  'list-entries',
  'export-entries',
  'summarize',
  'get-entry',
  'get-history',
  'get-proof',
  'get-log',
  'request-cosignatures',
  'list-directory',
  'saved-views',
  'add-token-claims',
];

/** A role map of about this many bytes. */
const roleMapOf = (bytes: number) =>
  Object.fromEntries(
    Array.from({ length: Math.ceil(bytes / 60) }, (_, role) => [
      `Role-of-some-length-${String(role).padStart(12, '0')}`,
      ['service:update'],
    ]),
  );

describe('NodeFunction', () => {
  it.each(entries)('runs %s on arm64 and Node.js 24', (entry) => {
    expect(findFunction(template, entry).properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
    });
  });

  it.each(entries)('allows %s to write only to its own log group', (entry) => {
    const { properties, permissions } = findFunction(template, entry);
    const { LogFormat, LogGroup } = properties.LoggingConfig as {
      LogFormat: string;
      LogGroup: { Ref: string };
    };
    expect(LogFormat).toBe('JSON');
    expect(permissions.filter(({ action }) => action.startsWith('logs:'))).toEqual(
      ['logs:CreateLogStream', 'logs:PutLogEvents'].map((action) => ({
        action,
        resource: arnOf(template, 'AWS::Logs::LogGroup', LogGroup.Ref),
        condition: undefined,
      })),
    );
  });

  it('keeps logs as long as configured', () => {
    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 365 });
    const short = synthesize({ ...issuerSettings, logRetentionDays: 14 });
    short.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 14 });
  });
});

describe('findOversize', () => {
  it('accepts an environment within 4 KB', () => {
    expect(() => synthesize({ ...issuerSettings, roleMap: roleMapOf(2_000) })).not.toThrow();
  });

  it('fails when the role map is too large for Lambda and names the setting', () => {
    expect(() => synthesize({ ...issuerSettings, roleMap: roleMapOf(4_000) })).toThrow(
      /environment of function record is \d+ bytes, but Lambda allows 4096: roleMap takes \d+/,
    );
  });

  it('fails when there are too many producers and names the setting', () => {
    const organizations = Array.from({ length: 300 }, (_, index) => `organization-${index}`);
    const producers = [{ account: 'self', organizations }];
    expect(() => synthesize({ ...issuerSettings, producers })).toThrow(
      /environment of function record is \d+ bytes, but Lambda allows 4096: producers takes \d+/,
    );
  });
});
