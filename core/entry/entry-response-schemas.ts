// Defines the response to a request for one entry, and the disputes in it.
import * as z from 'zod/mini';
import { count, type ReadonlyDeep, text, time } from '../values/documented-schema.ts';
import { changeSchema, entryFields, producerSchema } from './entry-schemas.ts';

/** Reasons that a dispute is shown without its content. */
export const disputeGaps = ['OTHER_ACCOUNT', 'UNREADABLE'] as const;

/** An event that conflicts with an entry. */
export const disputeSchema = z
  .object({
    recordedAt: z.optional(time('When the event arrived. Absent if it is unreadable.')),
    contentHash: z.optional(
      text('SHA-256 hash of the redacted contract fields of the event, hexadecimal, as in the entry.'),
    ),
    producer: z.optional(producerSchema),
    differences: z.optional(
      z.array(changeSchema).check(
        z.meta({
          description:
            'Differences between the entry (`before`) and the event (`after`), both redacted. Paths lead into the `detail` of ' +
            'the event, such as `/actor/userId` or `/after/storage/gib`, and to `/action`.',
        }),
      ),
    ),
    differencesOmitted: z.optional(
      z.boolean().check(
        z.meta({
          description:
            'True if `differences` is absent because the response would exceed 6 MB. Absent otherwise.',
        }),
      ),
    ),
    unavailable: z.optional(
      z.enum(disputeGaps).check(
        z.meta({
          description:
            'Why the content is absent. `OTHER_ACCOUNT`: the event names an AWS account that the caller cannot see. ' +
            '`UNREADABLE`: the stored event is damaged or was forged.',
        }),
      ),
    ),
  })
  .check(
    z.meta({
      description:
        'An event with the same identity as the entry (source and `eventId`) but different content.',
    }),
  );

/** Where an entry is in the sealed log. */
export const sealingSchema = z
  .object({
    index: count('Index of the leaf of the entry in the sealed log of the organization.'),
    at: time('When the entry was sealed.'),
  })
  .check(z.meta({ description: 'Where the entry is in the sealed log.' }));

/** Where an entry is in the sealed log. */
export type Sealing = ReadonlyDeep<z.infer<typeof sealingSchema>>;

/** Why an entry is shown without its place in the sealed log. */
export const sealingGaps = ['LOG_CONTRADICTED', 'STORE_UNAVAILABLE'] as const;

/** The response to a request for one entry. */
export const entryResponseSchema = z
  .object({
    ...entryFields,
    changes: z.array(changeSchema).check(
      z.meta({
        description:
          'Changes between the states. Applied in order as a JSON Patch (RFC 6902, with `after` as `value`), they turn ' +
          '`before` into `after`. Empty for create and delete actions.',
      }),
    ),
    changesOmitted: z.optional(
      z.boolean().check(
        z.meta({
          description:
            'True if `changes` is empty because the response would exceed 6 MB. Compute the changes from the states ' +
            'instead. Absent otherwise.',
        }),
      ),
    ),
    disputes: z.optional(
      z.array(disputeSchema).check(
        z.meta({
          description:
            'Other events that arrived with the identity of this entry but with different content. Which one is true, this ' +
            'log cannot know. At most ten are kept, as long as the entry. Absent if there is none.',
        }),
      ),
    ),
    sealed: z.optional(
      z.nullable(sealingSchema).check(
        z.meta({
          description:
            'Where the entry is in the sealed log. Null if it is not sealed yet, which usually takes up to two minutes. ' +
            'Absent for callers who are limited to AWS accounts, because the index reveals the number of entries.',
        }),
      ),
    ),
    sealedUnavailable: z.optional(
      z.enum(sealingGaps).check(
        z.meta({
          description:
            'Why `sealed` is absent although the caller can see it. `LOG_CONTRADICTED`: objects of the log contradict each ' +
            'other, which an alarm reports. `STORE_UNAVAILABLE`: the log is temporarily unavailable.',
        }),
      ),
    ),
  })
  .check(
    z.meta({
      description:
        'A full entry: who performed the action, from where, both states, and the changes between them.',
    }),
  );

/** An event that conflicts with an entry, as the response to a request for the entry shows it. */
export type Dispute = ReadonlyDeep<z.infer<typeof disputeSchema>>;
/** The response to a request for one entry. */
export type EntryResponse = ReadonlyDeep<z.infer<typeof entryResponseSchema>>;
