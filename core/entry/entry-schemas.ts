// What the API shows of an entry: the item of a list, and the entry whole. The types of the core come from here.
import * as z from 'zod/mini';
import { targetTypeExamples } from '../contract/target-types.ts';
import { actions, decisions, kinds, verdicts } from '../contract/vocabulary.ts';
import { count, jsonObject, jsonValue, type ReadonlyDeep, text, time } from '../values/documented-schema.ts';

const userFields = {
  id: text('User id, as the token of the person or service says it.', 'u-2077'),
  name: z.optional(text('Name at that time.', 'Ben Okafor')),
  type: z
    .enum(['user', 'service'])
    .check(z.meta({ description: 'A person, or a service such as a pipeline.' })),
};

const targetSchema = z
  .object({
    kind: z.enum(kinds),
    type: text(`Such as ${targetTypeExamples}; more will be added.`, 'rds'),
    id: text('Id of the service or resource in MayaOps.', 'res-2b71'),
    name: text('Name of the service or resource.', 'orders-d'),
    serviceName: z.optional(text('The service that a resource is attached to.', 'checkout-api')),
  })
  .check(z.meta({ description: 'The service or resource that was acted on.' }));

/** One difference between the states. */
export const changeSchema = z
  .object({
    path: text(
      'JSON Pointer (RFC 6901); in a `remove` from an array it counts in the array before.',
      '/instanceClass',
    ),
    op: z.enum(['add', 'remove', 'replace']),
    before: z.exactOptional(jsonValue('The value before; absent with `add`.')),
    after: z.exactOptional(jsonValue('The value after; absent with `remove`.')),
  })
  .check(z.meta({ description: 'One difference between the states before and after.' }));

/** A change as lists tell it. */
export const highlightSchema = z
  .object({
    path: text('JSON Pointer (RFC 6901), as in `changes`.', '/instanceClass'),
    op: z.enum(['add', 'remove', 'replace']),
    before: z.exactOptional(
      z.unknown().check(z.meta({ description: 'The value before, when both sides are short.' })),
    ),
    after: z.exactOptional(
      z.unknown().check(z.meta({ description: 'The value after, when both sides are short.' })),
    ),
  })
  .check(
    z.meta({
      description:
        'One of the most telling changes. Values are whole and redacted; both sides are absent when one is long.',
    }),
  );

const listFields = {
  id: z.string().check(
    z.regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/),
    z.meta({
      description: 'Id of the entry: a ULID whose time is `timestamp`, so that ids sort by time.',
      examples: ['01M7ZYHQ8XW9PF4D2T6R3K5N1C'],
    }),
  ),
  timestamp: time('When the action occurred. UTC, milliseconds.'),
  recordedAt: time('When the entry was recorded.'),
  late: z.boolean().check(z.meta({ description: 'Recorded more than 15 minutes after it occurred.' })),
  organizationId: text('The organisation, always that of the token.', 'acme'),
  user: z.object(userFields).check(z.meta({ description: 'Who did it.' })),
  role: text('The role it was done with.', 'Developer'),
  permission: text('The permission that the service says it checked.', 'resource:update'),
  decision: z
    .enum(decisions)
    .check(z.meta({ description: 'What the service decided. A refused attempt is logged too.' })),
  verdict: z.enum(verdicts).check(
    z.meta({
      description:
        'Whether the role really allows it: `PERMITTED` by the role map; `DENIED`: the service refused it; ' +
        '`VIOLATION`: done although the role does not grant it; `UNKNOWN_ROLE`: the role map has no such role.',
    }),
  ),
  accountId: text('AWS account, 12 digits.', '123456789012'),
  region: text('AWS region.', 'eu-west-1'),
  environment: z.optional(text('Environment, as the service names it.', 'prod')),
  action: z.enum(actions),
  target: targetSchema,
  changedPaths: z.array(z.string()).check(
    z.meta({
      description:
        'JSON Pointers (RFC 6901) of changes, the most telling first; at most 10, and 240 bytes with the values of ' +
        '`highlights`. `changeCount` counts them all.',
      examples: [['/instanceClass', '/storage/gib']],
    }),
  ),
  highlights: z.array(highlightSchema).check(
    z.meta({
      description:
        'The changes at the first of `changedPaths`, three at most: size and number first, then who may reach it and ' +
        'how it is protected, secrets, short values, the rest. Empty for entries of releases that did not keep them.',
    }),
  ),
  changeCount: count('Number of changes between the states before and after.'),
  expiresAt: z.optional(
    count('Epoch seconds after which the entry is no longer shown. Absent when entries are kept for ever.'),
  ),
};

/** An entry as lists show it. */
export const listItemSchema = z
  .object(listFields)
  .check(z.meta({ description: 'An entry as lists show it; the entry itself has its states and changes.' }));

const entryFields = {
  ...listFields,
  user: z
    .object({
      ...userFields,
      email: z.optional(text('E-mail address at that time.', 'ben@acme.example')),
      sourceIp: z.optional(text('Address that the request came from.', '203.0.113.24')),
      userAgent: z.optional(text('User agent of the request, redacted.')),
    })
    .check(z.meta({ description: 'Who did it, and from where.' })),
  grant: z.optional(
    text(
      'The grant of the role map that covers the permission needed; absent when none does.',
      'resource:update',
    ),
  ),
  roleMapVersion: text('Version of the role map that `verdict` was found with.'),
  before: z.optional(
    jsonObject('State before the action, redacted: secrets are numbered markers. Absent when created.'),
  ),
  after: z.optional(
    jsonObject('State after the action, redacted: secrets are numbered markers. Absent when deleted.'),
  ),
  requestId: z.optional(text('Id of the request to the service.')),
  traceId: z.optional(text('Id of the distributed trace.')),
  reason: z.optional(text('Why, in the words of the person or service.')),
  eventId: text("The producing service's own id of the action."),
  source: z.enum(['mayaops.services', 'mayaops.resources']),
  producer: z
    .object({
      account: text('AWS account that put the event on the bus.', '210987654321'),
      envelopeId: text('Id that EventBridge gave the event.'),
      time: time('When the event was put on the bus, as EventBridge says.'),
    })
    .check(
      z.meta({ description: 'Who put the event on the bus, as EventBridge says; it cannot be forged.' }),
    ),
  contentHash: text('SHA-256 of the redacted contract fields (RFC 8785), hex.'),
  redactionVersion: count('Version of the redaction rules that the entry was redacted with.'),
};

/** Everything that is kept of an entry. */
export const logEntrySchema = z.object(entryFields);

/** The answer to a request for one entry. */
export const entryAnswerSchema = z
  .object({
    ...entryFields,
    changes: z.array(changeSchema).check(
      z.meta({
        description:
          'What differs. Applied in order as a JSON Patch (RFC 6902, `after` as `value`), the changes turn `before` ' +
          'into `after`. Empty when something was created or deleted.',
      }),
    ),
    changesOmitted: z.optional(
      z.boolean().check(
        z.meta({
          description:
            'True when `changes` is empty because the answer would exceed 6 MB with them: they follow from the states. ' +
            'Absent otherwise.',
        }),
      ),
    ),
  })
  .check(
    z.meta({ description: 'An entry whole: who, from where, both states and what differs between them.' }),
  );

/** An entry as lists show it. Times are UTC, RFC 3339 with milliseconds. */
export type ListItem = ReadonlyDeep<z.infer<typeof listItemSchema>>;
/** Everything that is kept of an entry. What differs between the states is derived on reading. */
export type LogEntry = ReadonlyDeep<z.infer<typeof logEntrySchema>>;
/** One difference. `path` is a JSON Pointer; in a `remove` from an array it counts in the array before. */
export type Change = ReadonlyDeep<z.infer<typeof changeSchema>>;
/** A change as lists tell it: without its values when they are long. */
export type Highlight = ReadonlyDeep<z.infer<typeof highlightSchema>>;
/** What a request for one entry is answered with. */
export type EntryAnswer = ReadonlyDeep<z.infer<typeof entryAnswerSchema>>;
