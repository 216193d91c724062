// The route of summaries in the OpenAPI document.
import { intervals, maxBuckets } from '../counts/intervals.ts';
import { defaultTop } from '../counts/merge-summaries.ts';
import { dimensions, groupOrders, type Summary } from '../counts/summary.ts';
import {
  maxDimensions,
  maxTop,
  maxTopLists,
  type SummaryName,
  topListDimensions,
} from '../counts/summary-query.ts';
import { filterNames } from '../query/query.ts';
import type { JsonObject } from '../values/json.ts';
import { commonErrors, jsonResponse } from './json-response.ts';
import { toErrorResponses, toReference } from './responses.ts';

const dimensionList = (allowed: readonly string[], maxItems: number): JsonObject => ({
  type: 'array',
  items: { type: 'string', enum: [...allowed] },
  uniqueItems: true,
  minItems: 1,
  maxItems,
});

const parameters: Readonly<Record<SummaryName, JsonObject>> = {
  groupBy: {
    description:
      `Groups the entries by up to ${maxDimensions} dimensions. Repeat the parameter or separate values with commas. \`service\`: ` +
      'the service, or the service that a resource is attached to. If omitted, all entries are one group.',
    schema: dimensionList(dimensions, maxDimensions),
    example: ['user'],
  },
  interval: {
    description:
      `Divides the range into hours, days, or ISO weeks of \`timeZone\`, at most ${maxBuckets}. \`auto\` chooses by the length ` +
      'of the range. Requires `groupBy=time`.',
    schema: { type: 'string', enum: ['auto', ...intervals], default: 'auto' },
  },
  timeZone: {
    description:
      'IANA time zone of hours, days, weeks, and calendar periods. It does not change `from` and `to`, whose dates are UTC ' +
      'days.',
    schema: { type: 'string', default: 'UTC' },
    example: 'Europe/Berlin',
  },
  top: {
    description:
      'Maximum number of groups to list. `others` is the sum of the remaining groups. With `groupBy=time` and another ' +
      'dimension, limits the values of the other dimension, and every bucket is listed.',
    schema: { type: 'integer', minimum: 1, maximum: maxTop, default: defaultTop },
  },
  topLists: {
    description: `Up to ${maxTopLists} more groupings by one dimension each, counted in the same pass at no extra cost.`,
    schema: dimensionList(topListDimensions, maxTopLists),
    example: ['user', 'target'],
  },
  orderBy: {
    description:
      'Sorts groups, largest first, by actions that were done (`count`), by denied attempts (`denied`), or by the size of ' +
      'the change of `count` since the previous period (`change`, which requires `compare`).',
    schema: { type: 'string', enum: [...groupOrders], default: 'count' },
  },
  compare: {
    description:
      'Also counts the previous period: the previous calendar day, ISO week, month, quarter, or year if the range is exactly ' +
      'one in `timeZone`, otherwise the period of the same length before the range. Requires `from`.',
    schema: { type: 'string', enum: ['previous'] },
  },
  asOf: {
    description:
      'Counts only entries that the sealed log had when it had this size, such as the `asOf` of an answer, so that the same ' +
      'request returns the same numbers at any time, until entries expire. Requires `to`. Forbidden for callers limited to ' +
      'specific accounts, because the size is a count. Cannot be combined with filters on details or with `disputed`.',
    schema: { type: 'integer', minimum: 1, maximum: 999_999_999_999_999 },
    example: 48112,
  },
};

const example: Summary = {
  from: '2026-11-02T00:00:00.000Z',
  to: '2026-11-08T23:59:59.999Z',
  timeZone: 'UTC',
  groupBy: ['user'],
  groups: [
    {
      key: { user: 'u-2077' },
      names: { user: 'Ben Okafor' },
      count: 14,
      denied: 1,
      previous: { count: 9, denied: 0 },
    },
  ],
  others: { groups: 3, count: 6, denied: 0, previous: { count: 8, denied: 2 } },
  total: 20,
  denied: 1,
  previous: {
    from: '2026-10-26T00:00:00.000Z',
    to: '2026-11-01T23:59:59.999Z',
    total: 17,
    denied: 2,
  },
  exact: true,
  searchedThrough: '2026-10-26T00:00:00.000Z',
  nextCursor: null,
  asOf: 48112,
  recordedTo: '2026-11-09T08:15:00.000Z',
};

/** Returns the operation for `/request-logs/summary`. */
export function summarizeEntries(): JsonObject {
  const shared = ['from', 'to', 'recordedFrom', 'recordedTo', ...filterNames, 'cursor', 'debug'];
  return {
    operationId: 'summarizeEntries',
    tags: ['Entries'],
    summary: 'Count entries',
    description:
      'Counts the entries that match all filters, which are those of listing entries. Denied attempts are counted ' +
      'separately. If a response ends at its read budget, `exact` is false and it has a cursor. To get exact numbers, add up ' +
      'the responses of all cursors.',
    parameters: [
      ...Object.entries(parameters).map(([name, parameter]) => ({ name, in: 'query', ...parameter })),
      ...shared.map((name) => toReference('parameters', name)),
    ],
    responses: {
      200: jsonResponse('The counts.', 'Summary', example),
      ...toErrorResponses(commonErrors),
    },
  };
}
