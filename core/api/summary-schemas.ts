// Schemas of a summary: counts of the entries that match a request.
import * as z from 'zod/mini';
import { intervals } from '../counts/intervals.ts';
import { dimensions, type Summary } from '../counts/summary.ts';
import { maxTop, maxTopLists } from '../counts/summary-query.ts';
import { count, type IsSame, type ReadonlyDeep, text, time } from '../values/documented-schema.ts';
import { consumedCapacitySchema, notSearchedSchema } from './page-schemas.ts';

const countFields = {
  count: count('Number of actions that were done.'),
  denied: count('Number of attempts that the service denied.'),
};

const previousCounts = z.exactOptional(
  z
    .object(countFields)
    .check(
      z.meta({ description: 'The numbers of the previous period. Present only with `compare=previous`.' }),
    ),
);

const keyValue = (description: string) =>
  z.exactOptional(z.nullable(z.string()).check(z.meta({ description })));

const keySchema = z
  .object({
    time: keyValue('The start of the hour, day, or week in `timeZone`, as a UTC time.'),
    action: keyValue('The action.'),
    verdict: keyValue('The verdict.'),
    user: keyValue('The ID of the user.'),
    target: keyValue('The ID of the service or resource.'),
    kind: keyValue('`SERVICE` or `RESOURCE`.'),
    type: keyValue('The type of the service or resource.'),
    account: keyValue('The AWS account ID.'),
    region: keyValue('The AWS Region.'),
    environment: keyValue('The name of the environment.'),
    service: keyValue('The name of the service, or of the service that the resource is attached to.'),
    role: keyValue('The role of the user.'),
  })
  .check(
    z.meta({
      description: 'A value for each dimension of `groupBy`. Null if the entries have no such value.',
    }),
  );

/** The entries with the same values. */
export const groupSchema = z
  .object({
    key: keySchema,
    names: z.exactOptional(
      z
        .object({
          user: z.exactOptional(text('The name of the user.', 'Ben Okafor')),
          target: z.exactOptional(text('The name of the service or resource.', 'orders-d')),
        })
        .check(z.meta({ description: 'The newest names of what the key identifies.' })),
    ),
    ...countFields,
    previous: previousCounts,
  })
  .check(
    z.meta({ description: 'The entries with the same values, in the range and in the previous period.' }),
  );

const listFields = {
  groupBy: z.array(z.enum(dimensions)).check(z.meta({ description: 'The dimensions of the keys.' })),
  groups: z.array(groupSchema).check(
    z.meta({
      description:
        'The largest groups. Groups by time are sorted by time, without hours, days, or weeks that have no entries. If ' +
        '`exact` is false because of a cursor, all groups of the part, whatever `top` is.',
    }),
  ),
  others: z
    .object({
      groups: count('Number of groups that are not listed.'),
      ...countFields,
      previous: previousCounts,
    })
    .check(z.meta({ description: 'The groups that are not listed, added up.' })),
};

/** One more grouping of the same entries. */
export const groupListSchema = z
  .object(listFields)
  .check(z.meta({ description: 'The groups of one grouping.' }));

/** Counts of the entries that match a request. */
export const summarySchema = z
  .object({
    from: time('The start of the range.'),
    to: time('The end of the range: the time of the response if the request has no `to`.'),
    timeZone: text('The time zone of hours, days, weeks, and calendar periods.', 'Europe/Berlin'),
    interval: z.exactOptional(
      z.enum(intervals).check(z.meta({ description: 'The length of the buckets. Present only by time.' })),
    ),
    ...listFields,
    total: count('Number of actions that were done in the range.'),
    denied: count('Number of attempts in the range that the service denied.'),
    previous: z.exactOptional(
      z
        .object({
          from: time('The start of the previous period.'),
          to: time('The end of the previous period.'),
          total: count('Number of actions that were done in it.'),
          denied: count('Number of attempts in it that the service denied.'),
        })
        .check(z.meta({ description: 'The previous period. Present only with `compare=previous`.' })),
    ),
    topLists: z.exactOptional(
      z
        .array(groupListSchema)
        .check(
          z.maxLength(maxTopLists),
          z.meta({ description: `One list of at most ${maxTop} groups for each value of \`topLists\`.` }),
        ),
    ),
    exact: z.boolean().check(
      z.meta({
        description:
          'Whether this response alone counts every entry of the range and of the previous period. False if it ended at its ' +
          'read budget, if it continues an earlier response, or if entries could not be searched.',
      }),
    ),
    atMost: z.exactOptional(
      count(
        'Upper bound for all entries of the range and of the period before, done and denied. Present in a part that was ' +
          'counted from the sealed log, which says how many entries are left.',
      ),
    ),
    searchedThrough: time('Entries are counted from the end of the range back to this time.'),
    nextCursor: z.nullable(z.string()).check(
      z.meta({
        description:
          'Continues with the entries before `searchedThrough`. Send it as `cursor` with the same parameters, and add the ' +
          'numbers of the same keys. Null if nothing is left to count.',
      }),
    ),
    asOf: z.exactOptional(
      count(
        'The size of the sealed log that has all counted entries. Send it as `asOf`, with the same `from` and `to`, to ' +
          'repeat the numbers. Absent if the answer counts an entry that is not in the column files of the log yet.',
      ),
    ),
    recordedTo: z.exactOptional(
      time(
        'Entries recorded after this time are not counted. Absent if the request limits what is counted with `asOf` only.',
      ),
    ),
    notSearched: z.exactOptional(notSearchedSchema),
    consumedCapacity: z.exactOptional(consumedCapacitySchema),
  })
  .check(z.meta({ description: 'Counts of the entries that match a request.' }));

/** Fails to compile if the type `Summary` differs from the documented schema. */
export const summaryIsAsDocumented: IsSame<Summary, ReadonlyDeep<z.infer<typeof summarySchema>>> = true;
