// Validates responses against docs/openapi.json and reports what is not documented.
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import document from '../../docs/openapi.json' with { type: 'json' };

// biome-ignore lint/suspicious/noExplicitAny: the document is untyped JSON
type Loose = any;

export const apiDocument: Loose = document;

export interface ReceivedResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Resolves `$ref`; returns other values unchanged. */
export function resolve(thing: Loose): Loose {
  if (typeof thing?.$ref !== 'string') return thing;
  const keys: string[] = thing.$ref.slice(2).split('/');
  return keys.reduce((value, key) => value[key], apiDocument);
}

/** Forbids additional properties, so that tests find undocumented fields, which clients must ignore. */
function closeObjects(schema: Loose): Loose {
  if (Array.isArray(schema)) return schema.map(closeObjects);
  if (typeof schema !== 'object' || schema === null) return schema;
  const closed = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closeObjects(value)]));
  return 'properties' in schema && !('additionalProperties' in schema)
    ? { ...closed, additionalProperties: false }
    : closed;
}

const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true, keywords: ['components'] });
formats.default(ajv);
const documentId = 'https://request-logs.example/openapi.json';
ajv.addSchema({
  $id: documentId,
  components: { schemas: closeObjects(apiDocument.components.schemas) },
});

const validators = new Map<string, ValidateFunction>();

/** The problems of a value under one of the document's schemas. Empty when it is valid. */
export function schemaIssues(schema: object, value: unknown): string[] {
  const key = JSON.stringify(schema);
  const absolute = key.replaceAll('"#/components/', `"${documentId}#/components/`);
  const validate = validators.get(key) ?? ajv.compile(closeObjects(JSON.parse(absolute)));
  validators.set(key, validate);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message, params }) =>
    [instancePath, message, JSON.stringify(params)].join(' '),
  );
}

/** The documented path of a request. Prefers a literal path to a template. */
export function documentedPath(path: string): string | undefined {
  const paths = Object.keys(apiDocument.paths).sort(
    (a, b) => Number(a.includes('{')) - Number(b.includes('{')),
  );
  return paths.find((template) => new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path));
}

/** Undocumented parts of a response to `path`; empty when all of it is documented. */
export function responseIssues(
  path: string,
  { status, headers, text }: ReceivedResponse,
  method = 'GET',
): string[] {
  const template = documentedPath(path.split('?')[0] ?? '');
  if (template === undefined) return [`no path ${path}`];
  const response = resolve(apiDocument.paths[template][method.toLowerCase()]?.responses[status]);
  if (response === undefined) return [`${method} ${template}: status ${status} is not documented`];
  return [
    ...headerIssues(response.headers ?? {}, headers),
    ...bodyIssues(response.content, headers, text),
  ].map((issue) => `${template} ${status}: ${issue}`);
}

function headerIssues(documented: Record<string, Loose>, headers: Headers): string[] {
  return Object.entries(documented).flatMap(([name, header]) => {
    const value = headers.get(name);
    if (value === null) return header.required ? [`header ${name} is missing`] : [];
    const { type } = header.schema;
    const isJson = type === 'integer' || type === 'boolean';
    return schemaIssues(header.schema, isJson ? JSON.parse(value) : value).map(
      (issue) => `header ${name}${issue}`,
    );
  });
}

function bodyIssues(content: Record<string, Loose> | undefined, headers: Headers, text: string): string[] {
  if (content === undefined) return text === '' ? [] : ['a body is not documented'];
  const mediaType = headers.get('content-type')?.split(';')[0]?.trim() ?? '';
  const documented = content[mediaType];
  if (documented === undefined) return [`content type ${mediaType} is not documented`];
  return schemaIssues(
    documented.schema,
    mediaType.endsWith('json') && !mediaType.includes('ndjson') ? JSON.parse(text) : text,
  );
}
