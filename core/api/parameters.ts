// Query parameters in the OpenAPI document: descriptions, and the formats that core/query validates.

import { targetTypeExamples } from '../contract/target-types.ts';
import { maxCursorLength } from '../query/cursor.ts';
import { type FilterName, filterNames, filterRules, maxFilterValues } from '../query/filters.ts';
import { defaultLimit, maxLimit, orders, type SingleName } from '../query/query.ts';
import type { JsonObject } from '../values/json.ts';

const timeForm = {
  anyOf: [
    { type: 'string', format: 'date-time' },
    { type: 'string', format: 'date' },
  ],
};

const singles: Readonly<Record<SingleName, { description: string; schema: JsonObject; example?: string }>> = {
  from: {
    description:
      'Returns actions at or after this time: an RFC 3339 date and time with an offset, or a date (start of that UTC day).',
    schema: timeForm,
    example: '2026-11-01',
  },
  to: {
    description:
      'Returns actions at or before this time: an RFC 3339 date and time with an offset, or a date (end of that UTC day).',
    schema: timeForm,
    example: '2026-11-05T16:40:51Z',
  },
  recordedFrom: {
    description:
      'Returns entries that were recorded at or after this time, in the same formats as `from`. Use it to find entries ' +
      'that arrived late.',
    schema: timeForm,
  },
  recordedTo: {
    description: 'Returns entries that were recorded at or before this time, in the same formats as `to`.',
    schema: timeForm,
  },
  order: {
    description:
      '`desc`: newest action first. `asc`: oldest action first. `recorded`: the order of the sealed log. It contains only ' +
      'sealed entries, and `resumeCursor` continues with the entries that are sealed later. Forbidden for callers who are ' +
      'limited to AWS accounts, because a place in the log reveals the number of entries.',
    schema: { type: 'string', enum: [...orders], default: 'desc' },
  },
  limit: {
    description: 'Maximum number of entries on a page.',
    schema: { type: 'integer', minimum: 1, maximum: maxLimit, default: defaultLimit },
  },
  cursor: {
    description:
      'The `nextCursor` of the previous page. All other parameters except `limit` must be the same as for that page.',
    schema: { type: 'string', maxLength: maxCursorLength },
  },
  debug: {
    description:
      'Whether to return the cost of the page and the index that was read. Forbidden for callers limited to ' +
      'specific accounts, because the cost reveals how many entries other accounts have.',
    schema: { type: 'boolean', default: false },
  },
};

const filterDescriptions: Readonly<Record<FilterName, { description: string; example: string }>> = {
  action: { description: 'The action.', example: 'UPDATE' },
  user: { description: 'ID of the user who performed the action.', example: 'u-2077' },
  account: { description: 'AWS account ID.', example: '123456789012' },
  region: { description: 'AWS region.', example: 'eu-west-1' },
  resource: {
    description: 'Name of the service or resource.',
    example: 'orders-d',
  },
  service: {
    description: 'Name of a service. Matches actions on the service and on resources attached to it.',
    example: 'checkout-api',
  },
  target: { description: 'ID of the service or resource.', example: 'res-2b71' },
  kind: { description: 'Kind of target: a service or a resource.', example: 'RESOURCE' },
  type: { description: `Type of the service or resource, such as ${targetTypeExamples}.`, example: 'rds' },
  environment: { description: 'Name of the environment, as reported by services.', example: 'prod' },
  verdict: {
    description:
      '`PERMITTED`: the role grants the action. `DENIED`: the service denied it. `VIOLATION`: the service allowed it, but ' +
      'the role does not grant it or the service checked a different permission. `UNKNOWN_ROLE`: the role map does not ' +
      'contain the role.',
    example: 'VIOLATION',
  },
  actorType: {
    description: 'Who acted: a person (`user`), an automation (`service`) or an AI agent (`agent`).',
    example: 'agent',
  },
  changed: {
    description:
      'Path of a change: keys separated by dots, where `*` is any one key. It matches changes at and below the path, at any ' +
      'level; a dot in front of it means the top level. Elements of lists and variables are keys by their names. Only ' +
      'updates have changes.',
    example: 'instanceClass',
  },
  changedFrom: {
    description:
      'Exact value before a change, as text. With `changed`, before a change at that path. A redacted value never matches.',
    example: 'db.t4g.micro',
  },
  changedTo: {
    description:
      'Exact value after a change, as text. With `changed` or `changedFrom`, after that same change. A redacted value never ' +
      'matches.',
    example: 'db.t4g.medium',
  },
  reason: {
    description:
      'Words that must all occur in the reason, in any case and order. Every character except letters and digits separates ' +
      'words.',
    example: 'incident',
  },
  ip: {
    description: 'IP address that the request came from, or a CIDR block that contains it.',
    example: '203.0.113.0/24',
  },
  requestId: {
    description: 'ID of the request to the service, or of an AWS call that carried out the action.',
    example: 'req-5f0c1b',
  },
  traceId: { description: 'ID of the distributed trace.', example: '1-69a6f1c1-0f3d2b6a9c1e4f7a8b0c1d2e' },
  workRef: {
    description: 'The ticket, pull request or deployment that asked for the action.',
    example: 'https://github.com/acme/checkout-api/pull/482',
  },
  disputed: {
    description:
      'Returns only entries that another event disputes: it arrived with the same identity but different content. The ' +
      'entry shows what differs.',
    example: 'true',
  },
};

const escapes = '`\\*`, `\\!`, `\\,` and `\\\\`';

/** Describes the grammar of a filter that supports all of it or a part. */
export function describeGrammar(name: FilterName): string {
  const { allowsPrefix, allowsNegation, maxLength } = filterRules[name];
  return [
    'Repeat the parameter or separate values with commas to match any of them.',
    ...(allowsNegation ? ['`!value` excludes a value.'] : []),
    ...(allowsPrefix
      ? [
          '`value*` matches every value that starts with it, in any case.',
          `A value has 1 to ${maxLength} characters. Write ${escapes} for the characters themselves.`,
        ]
      : []),
  ].join(' ');
}

function filterParameter(name: FilterName): JsonObject {
  const { form } = filterRules[name];
  const { description, example } = filterDescriptions[name];
  const items = { type: 'string', ...(form as JsonObject) };
  return {
    name,
    in: 'query',
    description: `${description} ${describeGrammar(name)}`,
    schema: { type: 'array', items, minItems: 1, maxItems: maxFilterValues },
    example: [example],
  };
}

function singleParameter(name: SingleName): JsonObject {
  const { description, schema, example } = singles[name];
  return { name, in: 'query', description, schema, ...(example === undefined ? {} : { example }) };
}

/** The query parameters as OpenAPI components. */
export const queryParameters: Readonly<Record<SingleName | FilterName, JsonObject>> = Object.fromEntries([
  ...(Object.keys(singles) as SingleName[]).map((name) => [name, singleParameter(name)]),
  ...filterNames.map((name) => [name, filterParameter(name)]),
]);
