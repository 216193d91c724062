// The parameters of the API: what each is for, and the form that core/query.ts gives it.

import { targetTypeExamples } from '../contract/target-types.ts';
import { maxCursorLength } from '../query/cursor.ts';
import {
  defaultLimit,
  type FilterName,
  filterNames,
  filterRules,
  maxFilterValues,
  maxLimit,
  type SingleName,
} from '../query/query.ts';
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
      'Actions at or after this time: an RFC 3339 date and time with offset, or a date (from the start of that UTC day).',
    schema: timeForm,
    example: '2026-11-01',
  },
  to: {
    description:
      'Actions at or before this time: an RFC 3339 date and time with offset, or a date (to the end of that UTC day).',
    schema: timeForm,
    example: '2026-11-05T16:40:51Z',
  },
  order: {
    description: '`desc`: newest first. `asc`: oldest first.',
    schema: { type: 'string', enum: ['desc', 'asc'], default: 'desc' },
  },
  limit: {
    description: 'Entries on a page, at most.',
    schema: { type: 'integer', minimum: 1, maximum: maxLimit, default: defaultLimit },
  },
  cursor: {
    description:
      'The `nextCursor` of the page before. It goes with the parameters of that page; only `limit` may change.',
    schema: { type: 'string', maxLength: maxCursorLength },
  },
  debug: {
    description:
      'Whether the answer says what it cost and which index was read. Refused to callers limited to some accounts, ' +
      'since cost tells of volume.',
    schema: { type: 'boolean', default: false },
  },
};

const filterDescriptions: Readonly<Record<FilterName, { description: string; example: string }>> = {
  action: { description: 'What was done.', example: 'UPDATE' },
  user: { description: 'Id of the user who did it.', example: 'u-2077' },
  account: { description: 'AWS account id.', example: '123456789012' },
  region: { description: 'AWS region.', example: 'eu-west-1' },
  resource: {
    description: 'Name of the service or resource; `orders*` stands for every name that begins so.',
    example: 'orders-d',
  },
  service: {
    description: 'Name of a service: actions on it and on the resources attached to it.',
    example: 'checkout-api',
  },
  target: { description: 'Id of the service or resource.', example: 'res-2b71' },
  kind: { description: 'Whether a service or a resource was acted on.', example: 'RESOURCE' },
  type: { description: `Type of the service or resource, such as ${targetTypeExamples}.`, example: 'rds' },
  environment: { description: 'Environment, as services name it.', example: 'prod' },
  verdict: {
    description:
      '`PERMITTED` by the role; `DENIED`: refused by the service; `VIOLATION`: done though the role does not grant it, or by another permission; `UNKNOWN_ROLE`.',
    example: 'VIOLATION',
  },
};

/** How a filter takes several values. */
export const manyValues =
  'May be repeated or comma-separated: one of the values has to match. `\\,` is a comma inside a value.';

function filterParameter(name: FilterName): JsonObject {
  const { form } = filterRules[name];
  const { description, example } = filterDescriptions[name];
  const items = { type: 'string', ...(form as JsonObject) };
  return {
    name,
    in: 'query',
    description: `${description} ${manyValues}`,
    schema: { type: 'array', items, minItems: 1, maxItems: maxFilterValues },
    example: [example],
  };
}

function singleParameter(name: SingleName): JsonObject {
  const { description, schema, example } = singles[name];
  return { name, in: 'query', description, schema, ...(example === undefined ? {} : { example }) };
}

/** The parameters of a list, as components of the document. */
export const queryParameters: Readonly<Record<SingleName | FilterName, JsonObject>> = Object.fromEntries([
  ...(Object.keys(singles) as SingleName[]).map((name) => [name, singleParameter(name)]),
  ...filterNames.map((name) => [name, filterParameter(name)]),
]);
