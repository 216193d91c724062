// The operation of the history of a target in the OpenAPI document.
import { historyParameterNames, maxTargetLength } from '../history/history-query.ts';
import { minFoldedDenials } from '../history/timeline.ts';
import { defaultLimit, maxLimit } from '../query/query.ts';
import type { JsonObject } from '../values/json.ts';
import type { DocumentParts } from './document-parts.ts';
import { commonErrors, jsonResponse } from './json-response.ts';
import { toErrorResponses, toReference } from './responses.ts';

type ParameterName = (typeof historyParameterNames)[number];

const describedParameters: Readonly<Record<Exclude<ParameterName, 'cursor'>, JsonObject>> = {
  target: {
    required: true,
    description: 'ID of the service or resource. Percent-encode an ARN.',
    schema: { type: 'string', minLength: 1, maxLength: maxTargetLength },
    example: 'res-2b71',
  },
  account: {
    description: 'AWS account ID, if the ID exists in several accounts.',
    schema: { type: 'string', pattern: '^\\d{12}$' },
    example: '123456789012',
  },
  region: {
    description: 'AWS region, if the ID exists in several regions.',
    schema: { type: 'string' },
    example: 'eu-west-1',
  },
  type: {
    description: 'Target type, if targets of several types have the ID.',
    schema: { type: 'string', pattern: '^[A-Za-z0-9._:-]{1,64}$' },
    example: 'rds',
  },
  at: {
    description:
      'Returns the state at this time instead of the timeline. RFC 3339 date and time, or a date, which means the end ' +
      'of that UTC day.',
    schema: { type: 'string' },
    example: '2026-11-12T09:00:00Z',
  },
  diff: {
    description:
      'Two times, separated by a comma, the earlier one first. Returns the difference between the states at these times, ' +
      'and the timeline after the first time up to and including the second. As the first time, a date means the start of ' +
      'that UTC day; as the second, its end.',
    schema: { type: 'string' },
    example: '2026-11-05T16:40:00Z,2026-11-05T16:41:00Z',
  },
  knownAt: {
    description:
      'Returns the history as it was recorded at this time, without entries that were recorded later. RFC 3339 date and ' +
      'time, or a date, which means the end of that UTC day.',
    schema: { type: 'string' },
    example: '2026-11-12T09:00:00Z',
  },
  limit: {
    description: 'Maximum number of items on a page of the timeline. Not allowed with `at`.',
    schema: { type: 'integer', minimum: 1, maximum: maxLimit, default: defaultLimit },
  },
};

/** Returns the path of the history of a target. */
export function historyOperations(examples: DocumentParts['examples']): JsonObject {
  return { '/request-logs/history': { get: getHistory(examples) } };
}

function getHistory(examples: DocumentParts['examples']): JsonObject {
  return {
    operationId: 'getHistory',
    tags: ['Entries'],
    summary: 'Get the history of a service or resource',
    description:
      'Returns the timeline of a service or resource under all names that it had: each action, its lives from creation to ' +
      `deletion, and gaps, which are changes that no entry describes. ${minFoldedDenials} or more denied attempts in ` +
      'sequence are one item. With `at`, returns the state at a moment. With `diff`, returns the difference between two ' +
      'moments. Denied attempts do not change the state. Finds only targets with at least one entry from a release with ' +
      'this operation. Older entries are found under the names in such entries.',
    parameters: historyParameterNames.map((name) =>
      name === 'cursor'
        ? toReference('parameters', 'cursor')
        : { name, in: 'query', ...describedParameters[name] },
    ),
    responses: {
      200: jsonResponse('The history.', 'History', toExample(examples)),
      ...toErrorResponses([...commonErrors, 404]),
    },
  };
}

function toExample(examples: DocumentParts['examples']): JsonObject {
  const item = examples[0]?.item;
  if (item === undefined) return {};
  const { timestamp } = item;
  return {
    target: { id: item.target.id, type: item.target.type, accountId: item.accountId, region: item.region },
    items: [{ entry: item as unknown as JsonObject }],
    names: [{ name: item.target.name, from: timestamp, to: timestamp }],
    lives: [{ actions: 1 }],
    gaps: [],
    nextCursor: null,
    complete: true,
    searchedThrough: '1970-01-01T00:00:00.000Z',
  };
}
