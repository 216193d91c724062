// Defines the response to a request for the history of a target. The core derives its types from these schemas.
import * as z from 'zod/mini';
import { highlightSchema, listItemSchema } from '../entry/entry-schemas.ts';
import { count, jsonObject, type ReadonlyDeep, text, time } from '../values/documented-schema.ts';

/** Where a state comes from. */
export const stateBases = ['after', 'before-of-next', 'unknown'] as const;

/** Why a state is not complete. */
export const stateGaps = ['REDACTED', 'UNREADABLE', 'ALTERED', 'NOT_SEARCHED'] as const;

/** What the states of two consecutive entries show about unlogged changes. */
export const gapKinds = ['CHANGED', 'CREATION_MISSING', 'DELETION_MISSING', 'NOT_COMPARED'] as const;

const entryId = (description: string) => text(description, '01M7ZYHQ8XW9PF4D2T6R3K5N1C');

const highlights = (description: string) => z.array(highlightSchema).check(z.meta({ description }));

const historyTargetSchema = z
  .object({
    id: text('ID of the service or resource in MayaOps.', 'res-2b71'),
    type: text('Target type.', 'rds'),
    accountId: text('AWS account ID, 12 digits.', '123456789012'),
    region: text('AWS region.', 'eu-west-1'),
  })
  .check(z.meta({ description: 'The service or resource. The four fields together identify it.' }));

/** The state of a target at a moment. */
export const stateAtSchema = z
  .object({
    time: time('The moment, inclusive: an action at exactly this time is done.'),
    exists: z.optional(
      z.boolean().check(z.meta({ description: 'Whether the target existed. Absent if that is not known.' })),
    ),
    name: z.optional(text('The name of the target in the entry `entryId`.', 'orders-d')),
    state: z.optional(
      jsonObject(
        'The redacted state. Absent if the target did not exist, or if the state is unknown or cannot be read.',
      ),
    ),
    entryId: z.optional(
      entryId('ID of the entry that the state comes from. Absent if `basis` is `unknown`.'),
    ),
    timestamp: z.optional(time('When the action of that entry occurred.')),
    basis: z.enum(stateBases).check(
      z.meta({
        description:
          '`after`: the state after the last action at or before the moment that was not denied. `before-of-next`: ' +
          'there is none, so the state before the next action. `unknown`: there is neither.',
      }),
    ),
    partial: z.optional(
      z.enum(stateGaps).check(
        z.meta({
          description:
            '`REDACTED`: markers replace secrets in the state. `UNREADABLE`: the stored state is missing or damaged. ' +
            '`ALTERED`: the entry does not match its content hash. `NOT_SEARCHED`: the read budget was used up before ' +
            'the entry was found; continue with `nextCursor`. Absent if the state is complete.',
        }),
      ),
    ),
  })
  .check(z.meta({ description: 'The state of the target at a moment.' }));

/** The difference between the states at two moments. */
export const stateDiffSchema = z
  .object({
    from: stateAtSchema,
    to: stateAtSchema,
    changes: highlights(
      'Differences between the two states, in the form of `highlights` but with all values. Secrets are not compared. ' +
        'Empty if one of the states is absent.',
    ),
    omitted: z.optional(
      z.enum(['STATES', 'CHANGES']).check(
        z.meta({
          description:
            'What is absent because the response would exceed 6 MB: both states, or the states and the differences. ' +
            'Request each state with `at` instead.',
        }),
      ),
    ),
  })
  .check(z.meta({ description: 'The difference between the states at two moments.' }));

const deniedUserSchema = z.object({
  id: text('User ID.', 'u-2077'),
  name: z.optional(text('Name at the time of the latest attempt.', 'Ben Okafor')),
  count: count('Number of attempts.'),
});

/** Consecutive denied attempts, folded into one item. */
const denialsSchema = z
  .object({
    count: count('Number of attempts.'),
    from: time('When the first attempt occurred.'),
    to: time('When the last attempt occurred.'),
    users: z
      .array(deniedUserSchema)
      .check(z.meta({ description: 'Who attempted most often, most attempts first. At most five users.' })),
    latest: listItemSchema,
  })
  .check(z.meta({ description: 'Denied attempts with no change between them.' }));

const changeItemSchema = z
  .object({ entry: listItemSchema })
  .check(z.meta({ description: 'One action, done or denied.' }));

const denialsItemSchema = z
  .object({ denials: denialsSchema })
  .check(z.meta({ description: 'Four or more denied attempts in sequence.' }));

/** One item of a timeline. */
export const timelineItemSchema = z.union([changeItemSchema, denialsItemSchema]);

const lifeSchema = z
  .object({
    createdAt: z.optional(time('When the target was created. Absent if the creation is not on this page.')),
    createdBy: z.optional(entryId('ID of the entry of the creation.')),
    deletedAt: z.optional(time('When the target was deleted. Absent if it was not, or not on this page.')),
    deletedBy: z.optional(entryId('ID of the entry of the deletion.')),
    actions: count('Number of actions on this page that were done in this life.'),
  })
  .check(
    z.meta({
      description: 'The time from a creation to a deletion. A creation after a deletion starts a new life.',
    }),
  );

const namePeriodSchema = z
  .object({
    name: text('The name.', 'orders-d'),
    from: time('The first action under this name on this page.'),
    to: time('The last action under this name on this page.'),
  })
  .check(z.meta({ description: 'A name of the target.' }));

const gapSchema = z
  .object({
    kind: z.enum(gapKinds).check(
      z.meta({
        description:
          '`CHANGED`: the state before the later action differs from the state after the earlier one. ' +
          '`CREATION_MISSING`: an action after a deletion that is no creation. `DELETION_MISSING`: a creation of what ' +
          'already existed. `NOT_COMPARED`: one of the states cannot be read.',
      }),
    ),
    earlierId: entryId('ID of the entry before the gap.'),
    laterId: entryId('ID of the entry after the gap.'),
    changedPaths: z.array(z.string()).check(
      z.meta({
        description: 'Paths of what changed, as in a list item. Empty unless `kind` is `CHANGED`.',
      }),
    ),
    highlights: highlights('The most important of these changes, as in a list item.'),
    changeCount: count('Number of fields that changed.'),
  })
  .check(
    z.meta({
      description:
        'A change between two consecutive actions that no entry describes. A redacted value equals any other value.',
    }),
  );

/** The response to a request for the history of a target. */
export const historySchema = z
  .object({
    target: historyTargetSchema,
    at: z.optional(stateAtSchema),
    diff: z.optional(stateDiffSchema),
    items: z.optional(
      z
        .array(timelineItemSchema)
        .check(z.meta({ description: 'The timeline, newest first. Absent in a response to `at`.' })),
    ),
    names: z.optional(
      z
        .array(namePeriodSchema)
        .check(z.meta({ description: 'The names of the target on this page, newest first.' })),
    ),
    lives: z.optional(
      z.array(lifeSchema).check(
        z.meta({
          description:
            'The lives of the target on this page, newest first. The oldest one continues on the next page unless it ' +
            'has `createdAt`.',
        }),
      ),
    ),
    gaps: z.optional(
      z.array(gapSchema).check(
        z.meta({
          description: 'The gaps on this page, newest first. A gap is on the page of its earlier entry.',
        }),
      ),
    ),
    knownAt: z.optional(
      time('The time in `knownAt`. What was recorded later is left out. Absent by default.'),
    ),
    nextCursor: z
      .nullable(z.string())
      .check(z.meta({ description: 'Continues after this page. Null if there is nothing more.' })),
    complete: z.boolean().check(z.meta({ description: 'Whether the search reached its end.' })),
    searchedThrough: time('The time up to which entries have been searched, newest first.'),
  })
  .check(
    z.meta({
      description:
        'The history of a service or resource: its timeline, its state at a moment, or the difference between two moments.',
    }),
  );

export type History = ReadonlyDeep<z.infer<typeof historySchema>>;
export type StateAt = ReadonlyDeep<z.infer<typeof stateAtSchema>>;
export type StateDiff = ReadonlyDeep<z.infer<typeof stateDiffSchema>>;
export type TimelineItem = ReadonlyDeep<z.infer<typeof timelineItemSchema>>;
export type Denials = ReadonlyDeep<z.infer<typeof denialsSchema>>;
export type Life = ReadonlyDeep<z.infer<typeof lifeSchema>>;
export type NamePeriod = ReadonlyDeep<z.infer<typeof namePeriodSchema>>;
export type Gap = ReadonlyDeep<z.infer<typeof gapSchema>>;
