import { Validator } from '@seriousme/openapi-schema-validator';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isInternal } from '../../core/api/problems.ts';
import { exportParameterNames, parseExportQuery } from '../../core/export/export-query.ts';
import { parameterNames, parseQuery } from '../../core/query/query.ts';
import { errorCodes, RequestLogsError } from '../../core/values/errors.ts';
import { synthesize } from '../lib/synthesize.ts';
import { apiDocument, resolve, schemaIssues } from '../support/api-document.ts';
import { sampleSecrets } from '../support/fixtures.ts';

// biome-ignore lint/suspicious/noExplicitAny: a document is walked as JSON
type Loose = any;

/** Operations by method and path, such as `GET /request-logs`. */
const operations: [string, Loose][] = Object.entries<Loose>(apiDocument.paths).flatMap(([path, methods]) =>
  Object.entries<Loose>(methods).map(([method, operation]): [string, Loose] => [
    `${method.toUpperCase()} ${path}`,
    operation,
  ]),
);
const parametersOf = (path: string): Loose[] => apiDocument.paths[path].get.parameters.map(resolve);
const queryNames = (path: string) =>
  parametersOf(path).flatMap(({ name, in: place }) => (place === 'query' ? [name] : []));

describe('the API document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(structuredClone(apiDocument));
    expect(errors ?? []).toEqual([]);
    expect([valid, validator.version]).toEqual([true, '3.1']);
  });

  it('is refused by the validator when it is not', async () => {
    const broken = structuredClone(apiDocument);
    broken.paths['/request-logs'].get.parameters[0] = { name: 'from' };
    expect((await new Validator().validate(broken)).valid).toBe(false);
  });

  it('has every route of the stack, and no other', () => {
    const routes = Object.values(synthesize().findResources('AWS::ApiGatewayV2::Route'));
    const keys = routes.map(({ Properties }) => Properties.RouteKey).sort();
    expect(operations.map(([key]) => key).sort()).toEqual(keys);
  });

  it.each(operations)('asks for a token at %s as the stack does', (key, operation) => {
    const routes = Object.values(synthesize().findResources('AWS::ApiGatewayV2::Route'));
    const route = routes.find(({ Properties }) => Properties.RouteKey === key);
    const isOpen = route?.Properties.AuthorizationType === 'NONE';
    expect(operation.security ?? apiDocument.security).toEqual(isOpen ? [] : [{ token: [] }]);
  });

  it('has the parameters that the code reads, and no other', () => {
    expect(queryNames('/request-logs').sort()).toEqual([...parameterNames].sort());
    expect(queryNames('/request-logs/export').sort()).toEqual([...exportParameterNames].sort());
  });

  it('has an operation id of its own, a summary, a description and a tag for every operation', () => {
    const ids = operations.map(([, { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    const tags = apiDocument.tags.map(({ name }: Loose) => name);
    for (const [path, { summary, description, tags: own }] of operations) {
      expect(
        [summary, description].every((text) => typeof text === 'string' && text !== ''),
        path,
      ).toBe(true);
      expect(tags, path).toContain(own[0]);
    }
  });

  it('says of every parameter, header and answer what it is', () => {
    const silent: string[] = [];
    for (const [path, operation] of operations) {
      for (const parameter of (operation.parameters ?? []).map(resolve)) {
        if (!parameter.description) silent.push(`${path} ${parameter.name}`);
      }
      for (const [status, answer] of Object.entries(operation.responses)) {
        const { description, headers = {} } = resolve(answer);
        if (!description) silent.push(`${path} ${status}`);
        for (const [name, header] of Object.entries<Loose>(headers)) {
          if (!header.description) silent.push(`${path} ${status} ${name}`);
        }
      }
    }
    expect(silent).toEqual([]);
  });

  it('has an answer for every error that the code knows', () => {
    for (const code of Object.values(errorCodes)) {
      const { enum: codes } = apiDocument.components.schemas.Problem.properties.code;
      expect(codes.includes(code), code).toBe(!isInternal(code));
    }
  });

  it('has examples that conform to their schemas', () => {
    const issues: string[] = [];
    let checked = 0;
    const check = (where: string, { schema, example, examples = {} }: Loose) => {
      const values = [
        ...(example === undefined ? [] : [example]),
        ...Object.values<Loose>(examples).map(({ value }) => value),
      ];
      for (const value of values) {
        checked++;
        issues.push(...schemaIssues(schema, value).map((issue) => `${where}: ${issue}`));
      }
    };
    for (const [path, operation] of operations) {
      for (const parameter of (operation.parameters ?? []).map(resolve))
        check(`${path} ${parameter.name}`, parameter);
      for (const [status, answer] of Object.entries(operation.responses)) {
        for (const media of Object.values<Loose>(resolve(answer).content ?? {}))
          check(`${path} ${status}`, media);
      }
    }
    expect(issues).toEqual([]);
    expect(checked).toBeGreaterThan(40);
  });

  it('holds none of the secrets in the sample events', () => {
    const text = JSON.stringify(apiDocument);
    expect(sampleSecrets().length).toBeGreaterThan(3);
    for (const secret of sampleSecrets()) expect(text).not.toContain(secret);
  });
});

/** Whether the code takes a query string. */
function isRead(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch (error) {
    if (error instanceof RequestLogsError && error.code === errorCodes.invalidParameter) return false;
    throw error;
  }
}

const someText = fc.oneof(
  fc.constantFrom(
    '',
    'CREATE',
    'SERVICE',
    'VIOLATION',
    'desc',
    'asc',
    'true',
    'false',
    'csv',
    '7',
    '200',
    '201',
    '1000',
  ),
  fc.constantFrom(
    '1001',
    '0',
    '-1',
    '123456789012',
    '12345678901',
    'eu-west-1',
    'mars-1',
    '2026-11-05',
    '2026-13-05',
  ),
  fc.constantFrom('2026-11-05T16:40:51Z', '2026-11-05T16:40:51', 'ndjson', 'x'.repeat(128), 'x'.repeat(129)),
  fc.string({ maxLength: 8 }),
);

/** A value as the document's schema sees it: lists are lists, whole numbers and booleans are themselves. */
function jsonValueOf(schema: Loose, text: string): unknown {
  if (schema.type === 'array') return [text];
  if (schema.type === 'integer' && /^-?(0|[1-9]\d*)$/.test(text)) return Number(text);
  if (schema.type === 'boolean' && /^(true|false)$/.test(text)) return text === 'true';
  return text;
}

describe.each([
  ['/request-logs', parseQuery],
  [
    '/request-logs/export',
    (text: string) => parseExportQuery(text.includes('format=') ? text : `format=csv&${text}`),
  ],
] as const)('the parameters of %s', (path, read) => {
  // A cursor is read where its query is known. Upper and lower case are alike to the code; a comma parts a list.
  const checked = parametersOf(path).filter(({ name, in: place }) => place === 'query' && name !== 'cursor');

  it.each(checked.map((parameter) => [parameter.name, parameter.schema]))(
    '%s is documented as it is read',
    (name, schema) => {
      fc.assert(
        fc.property(
          someText.filter((text) => !text.includes(',')),
          (text) => {
            const query = `${name}=${encodeURIComponent(text)}`;
            const isDocumented = schemaIssues(schema, jsonValueOf(schema, text)).length === 0;
            if (isDocumented)
              expect(
                isRead(() => read(query)),
                query,
              ).toBe(true);
            else if (schema.items?.enum === undefined)
              expect(
                isRead(() => read(query)),
                query,
              ).toBe(false);
          },
        ),
        { numRuns: 300, examples: [['!'], ['!!'], ['!.'], ['.'], ['*']] },
      );
    },
  );
});
