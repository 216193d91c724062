// Defines saved views: searches with a name, private or shared in the organization, and their limits.
import * as z from 'zod/mini';
import { type ReadonlyDeep, text, time } from '../values/documented-schema.ts';
import { escapeUnsafe } from '../values/visible-text.ts';

/** The number of views that a user can have, and that an organization can share. */
export const maxPrivateViews = 50;
export const maxSharedViews = 200;

/** The length of a name and of a search, in characters. */
export const maxNameLength = 64;
export const maxSearchLength = 4_000;

/** The number of columns, and the length of the ID of a column. */
const maxColumns = 30;
const columnId = /^[a-z][a-zA-Z-]{0,31}$/;

const name = z.string(`must be a text of 1 to ${maxNameLength} characters`).check(
  z.refine((given) => given !== '' && [...given].length <= maxNameLength, {
    error: `must have 1 to ${maxNameLength} characters`,
    abort: true,
  }),
  z.refine((given) => given.trim() === given && escapeUnsafe(given) === given, {
    error: 'must not start or end with white space, or contain invisible characters',
  }),
  z.meta({
    description: 'The name, unique among the views in the same place.',
    examples: ['Denied in prod'],
  }),
);

const search = z.string(`must be a text of at most ${maxSearchLength} characters`).check(
  z.maxLength(maxSearchLength, `must have at most ${maxSearchLength} characters`),
  z.meta({
    description:
      'The search, as a query string without `?`: the filters of listing entries, `from` and `to` or `last` (such as ' +
      '`24h`), `recordedFrom`, `recordedTo`, `order`, and `group=target`. Empty for all entries.',
    examples: ['verdict=DENIED&environment=prod&last=7d'],
  }),
);

const columns = z
  .array(z.string().check(z.regex(columnId, 'must be the ID of a column')), 'must be a list of columns')
  .check(
    z.minLength(1, 'must name at least one column'),
    z.maxLength(maxColumns, `must name at most ${maxColumns} columns`),
    z.meta({ description: 'The columns of the page, in order. Absent: those of the reader.' }),
  );

const shared = z.boolean('must be true or false').check(
  z.meta({
    description:
      'Whether everyone in the organization who can read the entries of all accounts sees the view. Otherwise, only its ' +
      'owner does. Sharing a view, and changing a shared one, needs the permission `request-logs:share`.',
  }),
);

const version = text('Changes with every change of the view.', '01KBFRWZ1W6XKQ0M2E7M3G5H8J');

/** What a caller chooses of a new view. */
export const newViewSchema = z
  .strictObject({ name, search, columns: z.exactOptional(columns), shared })
  .check(z.meta({ description: 'A new view.' }));

/** What a caller changes of a view. It replaces all of it. Where a view is, private or shared, does not change. */
export const viewChangeSchema = z
  .strictObject({
    name,
    search,
    columns: z.exactOptional(columns),
    version: z.string('must be the version that was read').check(
      z.maxLength(64, 'must be the version that was read'),
      z.meta({
        description: 'The version that was read. If the view was changed since, the change is refused.',
      }),
    ),
  })
  .check(z.meta({ description: 'A changed view.' }));

/** A view as the API returns it. */
export const savedViewSchema = z
  .object({
    id: text(
      'The ID, for changing and deleting the view. A later view can have the ID of a deleted one.',
      's07',
    ),
    name,
    search,
    columns: z.exactOptional(columns),
    shared,
    ownerId: text('The ID of the user who created the view.', 'u-2077'),
    updatedAt: time('When the view was changed last.'),
    version,
    canChange: z
      .boolean()
      .check(z.meta({ description: 'Whether the caller can change and delete the view.' })),
  })
  .check(z.meta({ description: 'A saved view: a search with a name.' }));

/** The views that a caller can see. */
export const viewListSchema = z
  .object({
    views: z
      .array(savedViewSchema)
      .check(z.meta({ description: 'The private views of the caller and the shared ones, sorted by name.' })),
    canShare: z.boolean().check(z.meta({ description: 'Whether the caller can share views.' })),
  })
  .check(z.meta({ description: 'The saved views that the caller can see.' }));

export type NewView = ReadonlyDeep<z.infer<typeof newViewSchema>>;
export type ViewChange = ReadonlyDeep<z.infer<typeof viewChangeSchema>>;
export type SavedView = ReadonlyDeep<z.infer<typeof savedViewSchema>>;
export type ViewList = ReadonlyDeep<z.infer<typeof viewListSchema>>;
