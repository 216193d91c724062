// Defines the contract for events that MayaOps services send to the bus. The types, the validation and the JSON Schema
// all come from the schemas in this file.
import * as z from 'zod/mini';
import type { JsonObject } from '../values/json.ts';
import { isRfc3339 } from '../values/timestamp.ts';
import {
  accountIdSchema,
  awsRequestIdSchema,
  eventIdSchema,
  matching,
  organizationIdSchema,
} from './identifiers.ts';
import { regionName } from './region.ts';
import { targetTypeExamples } from './target-types.ts';
import { hasAtMost } from './text-length.ts';
import { actorTypes, type DetailType, decisions, detailTypes, kinds, specVersion } from './vocabulary.ts';

/** The maximum number of paths in `secretPaths`. */
const maxSecretPaths = 256;

/** The maximum number of IDs in `awsRequestIds`. */
const maxAwsRequestIds = 20;

/** A string of at most `maxLength` characters. */
const text = (maxLength: number) =>
  z.string('must be a string').check(
    z.refine((value) => hasAtMost(value, maxLength), `must have at most ${maxLength} characters`),
    z.meta({ maxLength }),
  );

/** One line of text without control characters, so that keys, log lines and terminals show it unchanged. */
const line = (maxLength: number) => {
  const allowed = `must be 1 to ${maxLength} characters without control characters`;
  return z.string(allowed).check(
    z.regex(/^\P{Cc}+$/u, allowed),
    z.refine((value) => hasAtMost(value, maxLength), allowed),
    z.meta({ maxLength }),
  );
};

/**
 * One line of text or an `https` URL. A URL of another scheme is rejected, because pages and terminals show the value
 * as a link. Redaction can replace parts of it, so a URL is not parsed further.
 */
const workReference = z.string('must be 1 to 512 characters of text, or an https URL').check(
  z.regex(/^\P{Cc}+$/u, 'must be 1 to 512 characters without control characters'),
  z.regex(
    /^(?:https:\/\/[^\s]+|(?![A-Za-z][A-Za-z0-9+.-]*:\/\/).+)$/u,
    'must be text or a URL that starts with https://',
  ),
  z.refine((value) => hasAtMost(value, 512), 'must be 1 to 512 characters without control characters'),
  z.meta({
    description:
      'The ticket, pull request or deployment that asked for the action: one line of text or an https URL.',
    maxLength: 512,
  }),
);

const timestamp = z
  .string('must be an RFC 3339 date and time with offset')
  .check(
    z.refine(isRfc3339, 'must be an RFC 3339 date and time with offset, 1970 or later'),
    z.meta({ format: 'date-time' }),
  );

/** `findJsonIssues` has already checked that the object contains only JSON, so this schema does not walk it again. */
const state = z.record(
  z.string(),
  z.unknown(),
  'must be a JSON object',
) as unknown as z.ZodMiniType<JsonObject>;

/** Who performed the action: a person, an automation or an AI agent. */
export const actorSchema = z.strictObject({
  userId: line(128),
  name: z.optional(line(256)),
  email: z.optional(line(320)),
  type: z.enum(actorTypes, 'must be user, service or agent'),
  role: line(64),
  sourceIp: z.optional(line(64)),
  userAgent: z.optional(text(1024)),
  onBehalfOf: z.optional(
    z
      .strictObject({ userId: line(128), name: z.optional(line(256)) })
      .check(z.meta({ description: 'The person for whom an automation or an agent acted.' })),
  ),
});

/** The service or resource that the action was performed on. */
export const targetSchema = z.strictObject({
  kind: z.enum(kinds, 'must be SERVICE or RESOURCE'),
  type: matching(/^[A-Za-z0-9._:-]{1,64}$/, `1 to 64 of A-Za-z0-9._:-, such as ${targetTypeExamples}`),
  id: line(128),
  name: line(128),
  serviceName: z.optional(line(128)),
});

/** The `detail` of an event: everything that the producing service reports about one action. */
export const eventDetailSchema = z.strictObject({
  specVersion: z.literal(specVersion, `must be "${specVersion}"`),
  eventId: eventIdSchema,
  occurredAt: timestamp,
  organizationId: organizationIdSchema,
  actor: actorSchema,
  authorization: z.strictObject({
    permission: line(128),
    decision: z.enum(decisions, 'must be ALLOWED or DENIED'),
  }),
  accountId: accountIdSchema,
  region: matching(regionName, 'an AWS region name, such as eu-west-1'),
  environment: z.optional(line(64)),
  target: targetSchema,
  before: z.optional(state),
  after: z.optional(state),
  requestId: z.optional(line(256)),
  traceId: z.optional(line(256)),
  reason: z.optional(text(2048)),
  workRef: z.optional(workReference),
  awsRequestIds: z.optional(
    z.array(awsRequestIdSchema).check(
      z.maxLength(maxAwsRequestIds, `must have at most ${maxAwsRequestIds} IDs`),
      z.meta({
        description:
          'Request IDs of the AWS calls that carried out the action, as CloudTrail records them in `requestID`.',
      }),
    ),
  ),
  secretPaths: z.optional(
    z
      .array(z.string('must be a JSON Pointer').check(z.maxLength(1024, 'must have at most 1024 characters')))
      .check(
        z.maxLength(maxSecretPaths, `must have at most ${maxSecretPaths} paths`),
        z.meta({
          description:
            'JSON Pointers (RFC 6901) into this detail that name secrets, such as /after/auth/token. ' +
            '* matches all keys of one level: /after/env/*/value. The recorder hides the values and does not store the paths.',
        }),
      ),
  ),
  redaction: z.optional(
    z.strictObject({
      version: z.int('must be an integer').check(z.minimum(1)),
      declared: z.optional(
        z
          .literal(true, 'must be true')
          .check(z.meta({ description: 'Whether declared secrets were hidden. Set by redaction.' })),
      ),
    }),
  ),
});

export type EventDetail = z.infer<typeof eventDetailSchema>;
export type Actor = z.infer<typeof actorSchema>;
export type Target = z.infer<typeof targetSchema>;
export type State = JsonObject;

/** The EventBridge envelope around `detail`. Lists only the fields that this product reads. */
export const envelopeSchema = z.object({
  id: line(128),
  'detail-type': z.enum(
    Object.keys(detailTypes) as [DetailType, ...DetailType[]],
    `must be one of ${Object.keys(detailTypes).join(', ')}`,
  ),
  source: z.enum(['mayaops.services', 'mayaops.resources'], 'must be mayaops.services or mayaops.resources'),
  account: accountIdSchema,
  time: timestamp,
  detail: eventDetailSchema,
});

export type EventEnvelope = z.infer<typeof envelopeSchema>;

/** Returns the JSON Schema (2020-12) of `detail`, for producers in other languages. */
export function eventDetailJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(eventDetailSchema);
}
