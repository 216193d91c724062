// The routes of the API: parameters, answers and an example of each.
import { directoryListNames, maxPrefixLength } from '../directory/directory-query.ts';
import { exportFormatNames, exportFormats } from '../export/export-formats.ts';
import { exportHeaderNames } from '../export/export-header-names.ts';
import { defaultExportLimit, maxExportLimit } from '../export/export-query.ts';
import { defaultLimit, filterNames, maxLimit } from '../query/query.ts';
import type { JsonObject } from '../values/json.ts';

import type { DocumentParts } from './document-parts.ts';
import { manyValues, queryParameters } from './parameters.ts';
import { type ErrorStatus, errorAnswers, refer } from './responses.ts';

/** What any route that needs a token may answer. */
const commonErrors: readonly ErrorStatus[] = [400, 401, 403, 429, 500, 503];

const listParameters = ['from', 'to', ...filterNames, 'order', 'limit', 'cursor'];

const header = (description: string, schema: JsonObject, isRequired = true): JsonObject => ({
  description,
  required: isRequired,
  schema,
});

function jsonAnswer(description: string, schema: string, example: unknown): JsonObject {
  return {
    description,
    headers: { 'Cache-Control': header('Entries are never cached.', { type: 'string', const: 'no-store' }) },
    content: { 'application/json': { schema: refer('schemas', schema), example: example as JsonObject } },
  };
}

const parametersNamed = (names: readonly string[]) => names.map((name) => refer('parameters', name));

/** The document's `paths`. */
export function operations(examples: DocumentParts['examples']): JsonObject {
  return {
    '/request-logs': { get: listEntries(examples) },
    '/request-logs/{id}': { get: getEntry(examples) },
    '/request-logs/directory/{field}': { get: listDirectory() },
    '/request-logs/export': { get: exportEntries(examples) },
    '/openapi.json': { get: getOpenApi() },
  };
}

function listEntries(examples: DocumentParts['examples']): JsonObject {
  const items = examples.map(({ item }) => item);
  return {
    operationId: 'listEntries',
    tags: ['Entries'],
    summary: 'One page of entries',
    description:
      'Any mix of filters: values of one filter are alternatives, different filters must all match. A page ends ' +
      'when it is full, when its read budget is spent or at the end of the range; `complete` says which, and ' +
      '`nextCursor` goes on exactly there.',
    parameters: parametersNamed([...listParameters, 'debug']),
    responses: {
      200: jsonAnswer('The page.', 'Page', {
        items,
        nextCursor: null,
        complete: true,
        searchedThrough: '1970-01-01T00:00:00.000Z',
      }),
      ...errorAnswers(commonErrors),
    },
  };
}

function getEntry(examples: DocumentParts['examples']): JsonObject {
  return {
    operationId: 'getEntry',
    tags: ['Entries'],
    summary: 'One entry whole',
    description: 'With the states before and after, and what differs between them.',
    parameters: [
      {
        name: 'id',
        in: 'path',
        required: true,
        description: 'Id of the entry.',
        schema: { type: 'string' },
        example: examples[0]?.item.id ?? '',
      },
    ],
    responses: {
      200: jsonAnswer('The entry.', 'Entry', examples[0]?.answer),
      ...errorAnswers([...commonErrors, 404]),
    },
  };
}

function listDirectory(): JsonObject {
  return {
    operationId: 'listDirectory',
    tags: ['Directory'],
    summary: 'Values seen of one field',
    description:
      'Users, accounts, regions or resource names that entries have, within what the caller may see: for ' +
      'suggestions while somebody types.',
    parameters: [
      {
        name: 'field',
        in: 'path',
        required: true,
        description: 'Which values.',
        schema: { type: 'string', enum: [...directoryListNames] },
        example: 'users',
      },
      {
        name: 'prefix',
        in: 'query',
        description:
          'How values begin, upper and lower case alike; users also by name and e-mail address. Absent: all.',
        schema: { type: 'string', maxLength: maxPrefixLength },
        example: 'ord',
      },
      {
        ...queryParameters.account,
        description: `Only values seen in these accounts; not with \`accounts\`. ${manyValues}`,
      },
      pageSize('Values', defaultLimit, maxLimit),
      refer('parameters', 'cursor'),
    ],
    responses: {
      200: jsonAnswer('The values.', 'DirectoryPage', {
        values: [{ value: 'u-2077', name: 'Ben Okafor', email: 'ben.okafor@acme.example' }],
        nextCursor: null,
      }),
      ...errorAnswers(commonErrors),
    },
  };
}

function pageSize(things: string, defaultSize: number, maxSize: number): JsonObject {
  return {
    name: 'limit',
    in: 'query',
    description: `${things} on a page, at most.`,
    schema: { type: 'integer', minimum: 1, maximum: maxSize, default: defaultSize },
  };
}

function exportEntries(examples: DocumentParts['examples']): JsonObject {
  return {
    operationId: 'exportEntries',
    tags: ['Entries'],
    summary: 'One page of entries as CSV or NDJSON',
    description:
      'The filters of a list, in larger pages; headers say how to go on. Pages joined in order are one file: only ' +
      'the first of a CSV has the row of column names. A page is at most 5 MiB and may hold fewer entries than ' +
      'asked for, or none, and still not be the last.',
    parameters: [
      {
        name: 'format',
        in: 'query',
        required: true,
        description:
          '`csv`: RFC 4180, flat, for spreadsheets; what one would run as a formula has an apostrophe before it. ' +
          '`ndjson`: the items of a list, exactly, one a line.',
        schema: { type: 'string', enum: [...exportFormatNames] },
      },
      ...parametersNamed(listParameters.filter((name) => name !== 'limit')),
      pageSize('Entries', defaultExportLimit, maxExportLimit),
    ],
    responses: {
      200: {
        description: 'The page.',
        headers: exportHeaders,
        content: {
          'text/csv': { schema: { type: 'string' }, example: toExport(examples, 'csv') },
          'application/x-ndjson': { schema: { type: 'string' }, example: toExport(examples, 'ndjson') },
        },
      },
      ...errorAnswers(commonErrors),
    },
  };
}

/** The whole file that the examples make. */
function toExport(examples: DocumentParts['examples'], name: keyof typeof exportFormats): string {
  const { header, toLine } = exportFormats[name];
  return header + examples.map(({ item }) => toLine(item)).join('');
}

const exportHeaders: JsonObject = {
  [exportHeaderNames.nextCursor]: header(
    'Give it as `cursor`, with the same other parameters, to go on exactly behind this page; absent at the end.',
    { type: 'string' },
    false,
  ),
  [exportHeaderNames.complete]: header('Whether the range was searched to its end.', { type: 'boolean' }),
  [exportHeaderNames.searchedThrough]: header('How far the range was searched.', {
    type: 'string',
    format: 'date-time',
  }),
  [exportHeaderNames.count]: header('Entries on this page.', { type: 'integer', minimum: 0 }),
  [exportHeaderNames.link]: header(
    'The next page as `rel="next"` (RFC 8288); absent at the end, and when it would be longer than 6,000 characters.',
    { type: 'string' },
    false,
  ),
  [exportHeaderNames.disposition]: header('A file name to save the page as.', { type: 'string' }),
};

const documentHeaders: JsonObject = {
  ETag: header('Names this version of the document.', { type: 'string' }),
  'Cache-Control': header('How long the document may be kept without asking.', { type: 'string' }),
};

function getOpenApi(): JsonObject {
  return {
    operationId: 'getOpenApi',
    tags: ['Document'],
    summary: 'This document',
    description: 'OpenAPI 3.1; needs no token.',
    security: [],
    parameters: [
      {
        name: 'If-None-Match',
        in: 'header',
        description: 'The `ETag` of the document that is known already.',
        schema: { type: 'string' },
      },
    ],
    responses: {
      200: {
        description: 'The document.',
        headers: documentHeaders,
        content: { 'application/json': { schema: { type: 'object' } } },
      },
      304: { description: 'The document is still that of `If-None-Match`.', headers: documentHeaders },
      ...errorAnswers([429, 500, 503]),
    },
  };
}
