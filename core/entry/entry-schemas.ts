// Schemas of an entry in the API: the list item and the full entry. The core derives its types from them.
import * as z from 'zod/mini';
import { targetTypeExamples } from '../contract/target-types.ts';
import { actions, actorTypes, decisions, kinds, verdicts } from '../contract/vocabulary.ts';
import { count, jsonObject, jsonValue, type ReadonlyDeep, text, time } from '../values/documented-schema.ts';

const userFields = {
  id: text('User ID from the token of the person or service.', 'u-2077'),
  name: z.optional(text('Name at the time of the action.', 'Ben Okafor')),
  type: z
    .enum(actorTypes)
    .check(
      z.meta({ description: 'Whether the user is a person, a service, such as a pipeline, or an AI agent.' }),
    ),
};

const targetSchema = z
  .object({
    kind: z.enum(kinds),
    type: text(`Target type, such as ${targetTypeExamples}. New types can be added.`, 'rds'),
    id: text('ID of the service or resource in MayaOps.', 'res-2b71'),
    name: text('Name of the service or resource.', 'orders-d'),
    serviceName: z.optional(
      text('Resources only: the service that the resource is attached to.', 'checkout-api'),
    ),
  })
  .check(z.meta({ description: 'The service or resource that the action was performed on.' }));

/** One change between the states. */
export const changeSchema = z
  .object({
    path: text(
      'JSON Pointer (RFC 6901). In a `remove` from an array, the index refers to the array in `before`.',
      '/instanceClass',
    ),
    op: z.enum(['add', 'remove', 'replace']),
    before: z.exactOptional(jsonValue('Value before the action. Absent for `add`.')),
    after: z.exactOptional(jsonValue('Value after the action. Absent for `remove`.')),
  })
  .check(z.meta({ description: 'One change between the states before and after the action.' }));

/** A change as list items show it. */
export const highlightSchema = z
  .object({
    path: text(
      'JSON Pointer (RFC 6901). An element of a list that has a name or ID is referred to by it instead of its index.',
      '/containers/app/image',
    ),
    op: z
      .enum(['add', 'remove', 'replace', 'reorder'])
      .check(z.meta({ description: '`reorder`: a list has the same elements in another order.' })),
    before: z.exactOptional(
      z.unknown().check(z.meta({ description: 'Value before the action, if both values are short.' })),
    ),
    after: z.exactOptional(
      z.unknown().check(z.meta({ description: 'Value after the action, if both values are short.' })),
    ),
  })
  .check(
    z.meta({
      description:
        'One of the most important changes. Values are redacted. Of two long texts, what both have in common at the start ' +
        'and the end is replaced with `…`. If a value is still long, both are omitted.',
    }),
  );

const listFields = {
  id: z.string().check(
    z.regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/),
    z.meta({
      description: 'ID of the entry: a ULID that encodes `timestamp`, so IDs sort by time.',
      examples: ['01M7ZYHQ8XW9PF4D2T6R3K5N1C'],
    }),
  ),
  timestamp: time('When the action occurred, in UTC with milliseconds.'),
  recordedAt: time('When the entry was recorded.'),
  late: z.boolean().check(
    z.meta({
      description: 'Whether the entry was recorded more than 15 minutes after the action occurred.',
    }),
  ),
  organizationId: text('Organization ID, always the one in the token.', 'acme'),
  user: z.object(userFields).check(z.meta({ description: 'Who performed the action.' })),
  role: text('The role of the user.', 'Developer'),
  permission: text('The permission that the service reports it checked.', 'resource:update'),
  decision: z
    .enum(decisions)
    .check(z.meta({ description: 'The decision of the service. Denied attempts are logged too.' })),
  verdict: z.enum(verdicts).check(
    z.meta({
      description:
        'Whether the role map grants the action. `PERMITTED`: the role grants it. `DENIED`: the service denied it. ' +
        '`VIOLATION`: the service allowed it, but the role does not grant it. `UNKNOWN_ROLE`: the role map does not ' +
        'contain the role.',
    }),
  ),
  accountId: text('AWS account ID, 12 digits.', '123456789012'),
  region: text('AWS region.', 'eu-west-1'),
  environment: z.optional(text('Name of the environment, as reported by the service.', 'prod')),
  action: z.enum(actions),
  target: targetSchema,
  changedPaths: z.array(z.string()).check(
    z.meta({
      description:
        'Paths of the changes, most important first: JSON Pointers (RFC 6901) in which an element of a list that has a ' +
        'name or ID is referred to by it instead of its index, such as `/containers/app/image`. At most 10 paths and, ' +
        'together with the values in `highlights`, 240 bytes. `changeCount` is the total number of changes.',
      examples: [['/instanceClass', '/storage/gib']],
    }),
  ),
  highlights: z.array(highlightSchema).check(
    z.meta({
      description:
        'The changes at the first paths in `changedPaths`, at most three. Order: what opens access to everyone, size and ' +
        'capacity, access and protection, secrets, short values, then everything else. Empty for entries recorded by ' +
        'releases without highlights.',
    }),
  ),
  changeCount: count(
    'Total number of changes between the states before and after the action. Elements of a list are followed by name, so ' +
      'it can differ from the number of operations in `changes`.',
  ),
  expiresAt: z.optional(
    count('When the entry expires, in epoch seconds. Absent if entries are kept forever.'),
  ),
};

/** An entry as list responses return it. */
export const listItemSchema = z.object(listFields).check(
  z.meta({
    description: 'An entry as list responses return it. Get the entry to see its states and changes.',
  }),
);

/** Where the event of an entry came from. */
export const producerSchema = z
  .object({
    account: text('AWS account that sent the event to the event bus.', '210987654321'),
    envelopeId: text('ID that EventBridge assigned to the event.'),
    time: time('When the event was sent to the event bus, according to EventBridge.'),
    redrivenBy: z.optional(
      text(
        'ARN of the IAM principal that put the event back on the ingest queue, after it had been rejected or was not ' +
          'recorded. Absent if the event came directly from the event bus. `unknown` if the ARN was not valid.',
        'arn:aws:sts::210987654321:assumed-role/RequestLogs-prod-IngestRedrive/asha',
      ),
    ),
    editedBy: z.optional(
      text('ARN of the IAM principal that edited the event before it was recorded. Absent if no one did.'),
    ),
  })
  .check(
    z.meta({
      description:
        'Who sent the event to the event bus, and who sent it again. EventBridge sets `account`, `envelopeId` and ' +
        '`time`, so producers cannot forge them. The redrive command sets the others.',
    }),
  );

/** The fields of a full entry. */
export const entryFields = {
  ...listFields,
  user: z
    .object({
      ...userFields,
      email: z.optional(text('Email address at the time of the action.', 'ben@acme.example')),
      sourceIp: z.optional(text('IP address that the request came from.', '203.0.113.24')),
      userAgent: z.optional(text('User agent of the request, redacted.')),
      onBehalfOf: z.optional(
        z
          .object({
            id: text('User ID of the person.', 'u-2077'),
            name: z.optional(text('Name at the time of the action.', 'Ben Okafor')),
          })
          .check(z.meta({ description: 'The person for whom a service or an agent acted.' })),
      ),
    })
    .check(z.meta({ description: 'Who performed the action, and from where.' })),
  grant: z.optional(
    text(
      'The grant in the role map that covers the required permission. Absent if no grant covers it.',
      'resource:update',
    ),
  ),
  roleKnown: z.optional(
    z.boolean().check(
      z.meta({
        description:
          'Whether the role map contained the role when the entry was recorded. Absent for entries recorded by releases ' +
          'without this field.',
      }),
    ),
  ),
  roleMapVersion: text('Version of the role map that determined `verdict`.'),
  before: z.optional(
    jsonObject(
      'Redacted state before the action. Numbered markers replace secrets. A number that a double cannot hold, such as ' +
        'an integer above 2^53 - 1, is an object with the number as it was written: ' +
        '`{ "$number": "10000000000000000001" }`. Absent for a create action.',
    ),
  ),
  after: z.optional(
    jsonObject('Redacted state after the action, in the same form as `before`. Absent for a delete action.'),
  ),
  requestId: z.optional(text('ID of the request to the service.')),
  traceId: z.optional(text('ID of the distributed trace.')),
  reason: z.optional(text('Reason that the person or service gave.')),
  workRef: z.optional(
    text(
      'The ticket, pull request or deployment that asked for the action, redacted: text or an https URL.',
      'https://github.com/acme/checkout-api/pull/482',
    ),
  ),
  awsRequestIds: z.optional(
    z.array(z.string()).check(
      z.meta({
        description:
          'Request IDs of the AWS calls that carried out the action, as CloudTrail records them in `requestID`.',
        examples: [['5b1c1f2e-0c7d-4d0e-9a3e-6f1f5f0f7c21']],
      }),
    ),
  ),
  eventId: text('ID that the producing service assigned to the action.'),
  source: z.enum(['mayaops.services', 'mayaops.resources']),
  producer: producerSchema,
  contentHash: text(
    'SHA-256 hash of the redacted contract fields in canonical JSON (RFC 8785), hexadecimal. `-0` and fractions with more ' +
      'digits than a double has are hashed as the nearest double.',
  ),
  redactionVersion: count('Version of the redaction rules that were applied to the entry.'),
  secretsDeclared: z.optional(
    z.literal(true).check(
      z.meta({
        description:
          'True if the service declared secrets of the event, which are hidden before the redaction rules run. ' +
          'Absent otherwise.',
      }),
    ),
  ),
};

/** The stored entry, complete with both states. */
export const logEntrySchema = z.object(entryFields);

/** An entry as list responses return it. Times are UTC, RFC 3339 with milliseconds. */
export type ListItem = ReadonlyDeep<z.infer<typeof listItemSchema>>;
/** The stored entry. Changes between its states are computed on read. */
export type LogEntry = ReadonlyDeep<z.infer<typeof logEntrySchema>>;
/** One change. In a `remove` from an array, the index in `path` refers to the array in `before`. */
export type Change = ReadonlyDeep<z.infer<typeof changeSchema>>;
/** A change as list items show it, without its values if they are long. */
export type Highlight = ReadonlyDeep<z.infer<typeof highlightSchema>>;
