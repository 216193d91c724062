// Schemas of the pages that the API returns: list items and directory values.
import * as z from 'zod/mini';
import type { DirectoryListing } from '../directory/directory-listing.ts';
import { sealingSchema } from '../entry/entry-response-schemas.ts';
import { listItemSchema } from '../entry/entry-schemas.ts';
import { suggestionReasons } from '../search/near-matches.ts';
import { spelledFilters } from '../search/near-miss-collector.ts';
import type { Page } from '../search/page.ts';
import { maxSuggestions } from '../search/suggest-values.ts';
import { count, type IsSame, type ReadonlyDeep, text, time } from '../values/documented-schema.ts';

const nextCursor = z.nullable(z.string()).check(
  z.meta({
    description:
      'The cursor of the next page. Send it as `cursor` with the same parameters. Null on the last page.',
  }),
);

/** The cost of a response. */
export const consumedCapacitySchema = z
  .object({
    index: text('The index that was read.', 'byResourceName'),
    readUnits: z
      .number()
      .check(
        z.minimum(0),
        z.meta({ description: 'DynamoDB read units, including query planning.', examples: [1.5] }),
      ),
    requests: count('Number of DynamoDB Query requests sent to indexes.'),
    details: z.exactOptional(
      count('Number of entries read to search their details. Absent without a filter on details.'),
    ),
    objects: z.exactOptional(
      count('Number of requests for objects of the sealed log. Absent if it was not read.'),
    ),
  })
  .check(z.meta({ description: 'The cost of the response. Present only if `debug` is true.' }));

const suggestionSchema = z
  .object({
    parameter: z.enum(spelledFilters).check(z.meta({ description: 'The filter.' })),
    value: text('The term of the request.', 'RDS'),
    suggestion: text('The term to replace it with, in the filter grammar.', 'rds'),
    reason: z.enum(suggestionReasons).check(
      z.meta({
        description:
          'How the values differ: in case, in surrounding white space, in Unicode form, or in several of these ' +
          '(`SPELLING`). `USER_NAME` and `USER_EMAIL`: the value is a current or former name or email address of ' +
          'the suggested user. `RENAMED`: a service or resource with this name was renamed to the suggested name.',
      }),
    ),
  })
  .check(z.meta({ description: 'A value that was recorded with another spelling.' }));

/** An entry of a list. */
export const pageItemSchema = z
  .object({ ...listItemSchema.shape, sealed: z.exactOptional(sealingSchema) })
  .check(
    z.meta({
      description: 'An entry as it appears in a list. `sealed` is present only with `order=recorded`.',
    }),
  );

/** The entries that could not be searched. */
export const notSearchedSchema = z
  .object({
    count: count('Number of these entries.'),
    ids: z.array(z.string()).check(z.meta({ description: 'IDs of the first ones, at most 20.' })),
  })
  .check(
    z.meta({
      description:
        'Entries that match all other filters but whose details cannot be searched, because their stored states are ' +
        'missing or damaged, or because their content does not match its content hash. They are not on the page, ' +
        'although they could match. Absent if there are none.',
    }),
  );

/** A page of list items. */
export const pageSchema = z
  .object({
    items: z.array(pageItemSchema),
    nextCursor,
    complete: z.boolean().check(
      z.meta({
        description:
          'Whether the search reached the end of the time range. False if the page is full or its read budget is used ' +
          'up. Such a page can contain few items, or none, and not be the last one.',
      }),
    ),
    searchedThrough: time(
      'The time up to which entries have been searched, starting at the beginning of the range in list order. With ' +
        '`order=recorded`, the time when the last searched entry was sealed.',
    ),
    resumeCursor: z.exactOptional(
      text(
        'With `order=recorded`: the cursor that continues after this page, even if it is the last one. It never expires.',
      ),
    ),
    removed: z.exactOptional(
      count(
        'With `order=recorded`: number of places in the log that the page passed whose entries have expired or were ' +
          'removed. Absent if there are none.',
      ),
    ),
    suggestions: z.exactOptional(
      z.array(suggestionSchema).check(
        z.maxLength(maxSuggestions),
        z.meta({
          description:
            'Other spellings of the values that the request compares exactly. Present only if the page has fewer ' +
            'entries than `limit` and there are suggestions. From the entries that the page searched and, on the ' +
            'first page, the directory: users and names if the page is empty, otherwise later names of what it contains. ' +
            'Only from accounts that the caller can see.',
        }),
      ),
    ),
    notSearched: z.exactOptional(notSearchedSchema),
    consumedCapacity: z.exactOptional(consumedCapacitySchema),
  })
  .check(z.meta({ description: 'A page of entries.' }));

/** Fails to compile if the type `Page` differs from the documented schema. */
export const pageIsAsDocumented: IsSame<Page, ReadonlyDeep<z.infer<typeof pageSchema>>> = true;

/** A directory value. */
export const directoryValueSchema = z.object({
  value: text(
    'The value to pass to the filter: a user ID, an account ID, a region, or a resource name.',
    'u-2077',
  ),
  name: z.optional(text('Users only: the most recent name.', 'Ben Okafor')),
  email: z.optional(text('Users only: the most recent email address.', 'ben.okafor@acme.example')),
});

/** A page of directory values. */
export const directoryPageSchema = z
  .object({
    values: z.array(directoryValueSchema).check(
      z.meta({
        description:
          'Can contain fewer values than `limit`, or none, even if more pages follow. Check `nextCursor`.',
      }),
    ),
    nextCursor,
  })
  .check(z.meta({ description: 'A page of values.' }));

/** Fails to compile if the type `DirectoryListing` differs from the documented schema. */
export const directoryPageIsAsDocumented: IsSame<
  DirectoryListing,
  ReadonlyDeep<z.infer<typeof directoryPageSchema>>
> = true;
