// The pages of the API: entries of a list, values of the directory.
import * as z from 'zod/mini';
import type { DirectoryListing } from '../directory/directory-listing.ts';
import { listItemSchema } from '../entry/entry-schemas.ts';
import type { Page } from '../search/search.ts';
import { count, type IsSame, type ReadonlyDeep, text, time } from '../values/documented-schema.ts';

const nextCursor = z.nullable(z.string()).check(
  z.meta({
    description:
      'Give it as `cursor`, with the same other parameters, to go on exactly behind this page; null at the end.',
  }),
);

const consumedCapacitySchema = z
  .object({
    index: text('The index that the page was read from.', 'byResourceName'),
    readUnits: z
      .number()
      .check(
        z.minimum(0),
        z.meta({ description: 'DynamoDB read units, planning included.', examples: [1.5] }),
      ),
    requests: count('Queries sent to indexes.'),
  })
  .check(z.meta({ description: 'What the page cost; only when `debug` asks for it.' }));

/** One page of a list. */
export const pageSchema = z
  .object({
    items: z.array(listItemSchema),
    nextCursor,
    complete: z.boolean().check(
      z.meta({
        description:
          'Whether the range was searched to its end. False when the page is full or its read budget is spent; a ' +
          'page may then hold few items, or none, and still not be the last.',
      }),
    ),
    searchedThrough: time(
      'Every entry from the start of the range, in the order of the list, to this time has been searched.',
    ),
    consumedCapacity: z.exactOptional(consumedCapacitySchema),
  })
  .check(z.meta({ description: 'One page of entries.' }));

/** Fails to compile unless a page of the search is what the document says. */
export const pageIsAsDocumented: IsSame<Page, ReadonlyDeep<z.infer<typeof pageSchema>>> = true;

export const directoryValueSchema = z.object({
  value: text('What the filter takes: a user id, an account id, a region or a resource name.', 'u-2077'),
  name: z.optional(text('Of users: the name, as known latest.', 'Ben Okafor')),
  email: z.optional(text('Of users: the e-mail address, as known latest.', 'ben.okafor@acme.example')),
});

/** One page of values seen. */
export const directoryPageSchema = z
  .object({
    values: z.array(directoryValueSchema).check(
      z.meta({
        description: 'May be fewer than asked for, or none, while there are more: see `nextCursor`.',
      }),
    ),
    nextCursor,
  })
  .check(z.meta({ description: 'One page of values seen.' }));

/** Fails to compile unless a page of the directory is what the document says. */
export const directoryPageIsAsDocumented: IsSame<
  DirectoryListing,
  ReadonlyDeep<z.infer<typeof directoryPageSchema>>
> = true;
