// The `paths` of the OpenAPI document: the parameters, responses, and examples of each route.
import { directoryListNames, maxPrefixLength } from '../directory/directory-query.ts';
import { columnSets, detailGaps } from '../export/export-format.ts';
import { exportFormatNames, exportFormats } from '../export/export-formats.ts';
import { exportHeaderNames } from '../export/export-header-names.ts';
import { defaultExportLimit, maxExportLimit } from '../export/export-query.ts';
import { defaultLimit, filterNames, maxLimit } from '../query/query.ts';
import type { JsonObject } from '../values/json.ts';

import type { DocumentParts } from './document-parts.ts';
import { historyOperations } from './history-operations.ts';
import { commonErrors, entryIdParameter, header, jsonResponse } from './json-response.ts';
import { logOperations } from './log-operations.ts';
import { describeGrammar, queryParameters } from './parameters.ts';
import { toErrorResponses, toReference } from './responses.ts';
import { summarizeEntries } from './summary-operation.ts';
import { viewOperations } from './view-operations.ts';

const listParameters = [
  'from',
  'to',
  'recordedFrom',
  'recordedTo',
  ...filterNames,
  'order',
  'limit',
  'cursor',
];

const parametersNamed = (names: readonly string[]) => names.map((name) => toReference('parameters', name));

/** Returns the `paths` object of the document. */
export function operations(examples: DocumentParts['examples']): JsonObject {
  return {
    '/request-logs': { get: listEntries(examples) },
    '/request-logs/{id}': { get: getEntry(examples) },
    '/request-logs/directory/{field}': { get: listDirectory() },
    '/request-logs/export': { get: exportEntries(examples) },
    '/request-logs/summary': { get: summarizeEntries() },
    ...viewOperations(),
    ...historyOperations(examples),
    ...logOperations(examples),
    '/openapi.json': { get: getOpenApi() },
  };
}

function listEntries(examples: DocumentParts['examples']): JsonObject {
  const items = examples.map(({ item }) => item);
  return {
    operationId: 'listEntries',
    tags: ['Entries'],
    summary: 'List entries',
    description:
      'Returns one page of entries that match all filters. You can combine any filters. A filter with several values ' +
      'matches any of them. A page ends when it is full, when its read budget is used up, or at the end of the ' +
      'time range. `complete` is true only at the end of the range. To get the next page, send `nextCursor` as ' +
      '`cursor`.',
    parameters: parametersNamed([...listParameters, 'debug']),
    responses: {
      200: jsonResponse('A page of entries.', 'Page', {
        items,
        nextCursor: null,
        complete: true,
        searchedThrough: '1970-01-01T00:00:00.000Z',
      }),
      ...toErrorResponses(commonErrors),
    },
  };
}

function getEntry(examples: DocumentParts['examples']): JsonObject {
  return {
    operationId: 'getEntry',
    tags: ['Entries'],
    summary: 'Get an entry',
    description: 'Returns an entry with the states before and after the action and the changes between them.',
    parameters: [entryIdParameter(examples)],
    responses: {
      200: jsonResponse('The entry.', 'Entry', examples[0]?.answer),
      ...toErrorResponses([...commonErrors, 404]),
    },
  };
}

function listDirectory(): JsonObject {
  return {
    operationId: 'listDirectory',
    tags: ['Directory'],
    summary: 'List the values of a field',
    description:
      'Returns the users, accounts, regions, or resource names that appear in the entries that the caller can see. ' +
      'Use it for autocomplete.',
    parameters: [
      {
        name: 'field',
        in: 'path',
        required: true,
        description: 'The field to list values of.',
        schema: { type: 'string', enum: [...directoryListNames] },
        example: 'users',
      },
      {
        name: 'prefix',
        in: 'query',
        description:
          'Returns only values that start with this text, ignoring case. Users also match by name and email ' +
          'address. If omitted, all values are returned.',
        schema: { type: 'string', maxLength: maxPrefixLength },
        example: 'ord',
      },
      {
        ...queryParameters.account,
        description: `Returns only values from these accounts. Not allowed for the list \`accounts\`. ${describeGrammar('account')}`,
      },
      pageSize('values', defaultLimit, maxLimit),
      toReference('parameters', 'cursor'),
    ],
    responses: {
      200: jsonResponse('A page of values.', 'DirectoryPage', {
        values: [{ value: 'u-2077', name: 'Ben Okafor', email: 'ben.okafor@acme.example' }],
        nextCursor: null,
      }),
      ...toErrorResponses(commonErrors),
    },
  };
}

function pageSize(things: string, defaultSize: number, maxSize: number): JsonObject {
  return {
    name: 'limit',
    in: 'query',
    description: `Maximum number of ${things} on a page.`,
    schema: { type: 'integer', minimum: 1, maximum: maxSize, default: defaultSize },
  };
}

function exportEntries(examples: DocumentParts['examples']): JsonObject {
  return {
    operationId: 'exportEntries',
    tags: ['Entries'],
    summary: 'Export entries as CSV or NDJSON',
    description:
      'Accepts the same filters as listing entries and returns larger pages. Response headers contain the cursor of ' +
      'the next page. Concatenate the pages in order to get one file: in CSV, only the first page has the header ' +
      'row. A page is at most 5 MiB. A page can contain fewer entries than `limit`, or none, and not be the last one.',
    parameters: [
      {
        name: 'format',
        in: 'query',
        required: true,
        description:
          '`csv`: RFC 4180 with one flat row per entry. A value that a spreadsheet would run as a formula starts with an ' +
          'apostrophe. `ndjson`: one entry per line, unchanged.',
        schema: { type: 'string', enum: [...exportFormatNames] },
      },
      {
        name: 'columns',
        in: 'query',
        description:
          '`list`: the fields of a list item. `full`: everything that getting the entry returns, with states, changes, ' +
          'and disputes. In NDJSON, a line is then the response for the entry. In CSV, further columns follow those of ' +
          '`list`; states, changes, and disputes are JSON. A full export costs about one read unit more for each entry, ' +
          'so its pages are shorter. If an entry cannot be read in full, it has the fields of a list item and ' +
          `\`unavailable\` states why: ${detailGaps.map((gap) => `\`${gap}\``).join(', ')}.`,
        schema: { type: 'string', enum: [...columnSets], default: 'list' },
      },
      {
        name: 'spreadsheet',
        in: 'query',
        description:
          'CSV only. Whether to write the file for a spreadsheet: it starts with a byte order mark, and a text that a ' +
          'spreadsheet would read as a number or a date is written as a formula, such as `="012345678901"`, whose value ' +
          'is that text.',
        schema: { type: 'boolean', default: false },
      },
      ...parametersNamed(listParameters.filter((name) => name !== 'limit')),
      pageSize('entries', defaultExportLimit, maxExportLimit),
    ],
    responses: {
      200: {
        description: 'A page of the export.',
        headers: exportHeaders,
        content: {
          'text/csv': { schema: { type: 'string' }, example: toExport(examples, 'csv') },
          'application/x-ndjson': { schema: { type: 'string' }, example: toExport(examples, 'ndjson') },
        },
      },
      ...toErrorResponses(commonErrors),
    },
  };
}

/** Returns the complete export of the examples. */
function toExport(examples: DocumentParts['examples'], name: keyof typeof exportFormats): string {
  const { header, toLine } = exportFormats[name]({ columns: 'list', isForSpreadsheet: false });
  return header + examples.map(({ item }) => toLine(item)).join('');
}

const exportHeaders: JsonObject = {
  [exportHeaderNames.nextCursor]: header(
    'The cursor of the next page. Send it as `cursor` with the same parameters. Absent on the last page.',
    { type: 'string' },
    false,
  ),
  [exportHeaderNames.complete]: header('Whether the search reached the end of the time range.', {
    type: 'boolean',
  }),
  [exportHeaderNames.searchedThrough]: header(
    'The time up to which entries have been searched, in list order.',
    {
      type: 'string',
      format: 'date-time',
    },
  ),
  [exportHeaderNames.count]: header('Number of entries on this page.', { type: 'integer', minimum: 0 }),
  [exportHeaderNames.notSearched]: header(
    'Number of entries that match all other filters but whose details cannot be read or were altered, so that they are not on this page. ' +
      'Absent if there are none.',
    { type: 'integer', minimum: 1 },
    false,
  ),
  [exportHeaderNames.resumeCursor]: header(
    'With `order=recorded`: the cursor that continues after this page, even if it is the last one. It never expires.',
    { type: 'string' },
    false,
  ),
  [exportHeaderNames.removed]: header(
    'With `order=recorded`: number of places in the log that the page passed whose entries have expired or were removed. ' +
      'Absent if there are none.',
    { type: 'integer', minimum: 1 },
    false,
  ),
  [exportHeaderNames.link]: header(
    'Link to the next page with `rel="next"` (RFC 8288). Absent on the last page and if it exceeds 6,000 characters.',
    { type: 'string' },
    false,
  ),
  [exportHeaderNames.disposition]: header('A suggested file name.', { type: 'string' }),
};

const documentHeaders: JsonObject = {
  ETag: header('Identifies this version of the document.', { type: 'string' }),
  'Cache-Control': header('How long clients can cache the document.', { type: 'string' }),
};

function getOpenApi(): JsonObject {
  return {
    operationId: 'getOpenApi',
    tags: ['Document'],
    summary: 'Get the OpenAPI document',
    description: 'Returns this document in OpenAPI 3.1. Requires no token.',
    security: [],
    parameters: [
      {
        name: 'If-None-Match',
        in: 'header',
        description: 'The `ETag` of the copy that the client has cached.',
        schema: { type: 'string' },
      },
    ],
    responses: {
      200: {
        description: 'The OpenAPI document.',
        headers: documentHeaders,
        content: { 'application/json': { schema: { type: 'object' } } },
      },
      304: {
        description: 'The document has not changed since the version in `If-None-Match`.',
        headers: documentHeaders,
      },
      ...toErrorResponses([429, 500, 503]),
    },
  };
}
