// The schema of config/*.json: the allowed values of each setting. Defaults are in config.ts.
import * as z from 'zod/mini';
import { identityClaimsSchema } from '../../core/access/identity-claims.ts';
import { roleMapSchema } from '../../core/access/role-map.ts';
import { accountIdSchema, matching, organizationIdSchema } from '../../core/contract/identifiers.ts';
import { noteKeyTypes, readVerifierKey } from '../../core/log/signed-note.ts';
import { indexShardsSchema } from '../../core/storage/shards.ts';

/** DynamoDB table classes. Standard-IA costs less for storage and more for reads and writes. */
export const tableClasses = ['STANDARD', 'STANDARD_INFREQUENT_ACCESS'] as const;

/** Seconds between two runs of the sealer: parts of a minute, or minutes. */
export const sealIntervals = [5, 10, 15, 20, 30, 60, 120, 180, 240] as const;

/** Minutes of sealed entries in one object of the archive: parts of an hour, or an hour. */
export const archiveIntervals = [1, 5, 10, 15, 30, 60] as const;

/** Modes of S3 Object Lock. No one can shorten a lock in compliance mode. */
export const lockModes = ['governance', 'compliance'] as const;

/** Stands for the stack's own account in `producers`, so that a configuration does not need its number. */
export const ownAccount = 'self';

/** Retention periods that CloudWatch Logs supports, in days. */
export const logRetentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** Issuers that API Gateway accepts. Plain http is allowed only for an issuer on localhost. */
const issuerPattern = /^(https:\/\/[^\s/?#]+|http:\/\/localhost(:\d+)?)(\/[^\s?#]*)?$/;

/** Witnesses of the sealed log. Plain http is allowed only for one on localhost, and https only for a host with a name. */
const witnessUrlPattern =
  /^(https:\/\/([a-zA-Z0-9-]+\.)+[a-zA-Z]{2,63}(:\d{1,5})?|http:\/\/localhost(:\d{1,5})?)(\/[A-Za-z0-9._~/-]*)?$/;

const witnessKeyAllowed =
  'must be the verifier key of a witness for Ed25519 cosignatures: <name>+<key ID>+<base64>, of type 4';

/** More would make every checkpoint wait for the slowest one, and fill the environment of the functions. */
const maxWitnesses = 5;

const originPattern = /^(https:\/\/[a-zA-Z0-9.-]+(:\d+)?|http:\/\/localhost(:\d+)?)$/;

/** A standard topic. FIFO topics cannot have email subscribers. */
const topicArnPattern = /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}$/;

const producerAccountAllowed = `must be a 12-digit AWS account ID, or "${ownAccount}" for the account of the stack`;

const producerAccount = z
  .string(producerAccountAllowed)
  .check(
    z.refine(
      (account) => account === ownAccount || accountIdSchema.safeParse(account).success,
      producerAccountAllowed,
    ),
  );

const wholeNumber = (minimum: number, maximum: number, of: string) => {
  const allowed = `must be an integer number of ${of} from ${minimum} to ${maximum}`;
  return z.int(allowed).check(z.minimum(minimum, allowed), z.maximum(maximum, allowed));
};

const oneOf = (allowed: readonly string[]) => `must be ${allowed.map((value) => `"${value}"`).join(' or ')}`;

/** An object with exactly these settings. */
function settings<Shape extends z.core.$ZodShape>(shape: Shape) {
  const names = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: ({ code }) =>
      code === 'unrecognized_keys'
        ? names === ''
          ? 'is not a setting; no settings are allowed here'
          : `is not a setting; allowed here: ${names}`
        : `must be an object with ${names === '' ? 'no settings' : `the settings ${names}`}`,
  });
}

/** Parameters of the authorization request that the dashboard sets itself. */
const ownParameters =
  /^(client_id|redirect_uri|response_type|response_mode|scope|state|nonce|code_challenge|code_challenge_method)$/;

const parametersAllowed = 'must name parameters that the dashboard does not set itself, such as "audience"';

const origins = (of: string) =>
  z.array(
    matching(
      originPattern,
      'an origin such as https://ops.example.com without a path (http only for localhost)',
    ),
    `must be a list of ${of}`,
  );

const organizationsAllowed = 'must be "*" or a list of at least one organization ID';

export const settingsSchema = settings({
  stage: matching(/^[a-z][a-z0-9-]{0,19}$/, '1 to 20 characters from a-z, 0-9 and -, starting with a letter'),
  identity: settings({
    issuer: z.optional(
      matching(
        issuerPattern,
        'an https URL without a query (http only for localhost) that equals the `iss` claim of the tokens',
      ),
    ),
    audience: z.optional(
      z
        .array(matching(/^\S+$/, 'an audience without spaces'), 'must be a list of audiences')
        .check(z.minLength(1, 'must name at least one audience')),
    ),
    cognito: z.optional(settings({})),
    dashboard: z.optional(
      settings({
        clientId: matching(/^\S{1,256}$/, 'the ID of a public client, 1 to 256 characters without spaces'),
        scope: z.optional(
          matching(/^(\S+ )*openid( \S+)*$/, 'scopes separated by single spaces, including openid'),
        ),
        parameters: z.optional(
          z
            .record(z.string(), z.string('must be a string'), 'must be an object with string values')
            .check(
              z.refine(
                (given) => !Object.keys(given).some((name) => ownParameters.test(name)),
                parametersAllowed,
              ),
            ),
        ),
        connectOrigins: z.optional(origins('origins')),
      }),
    ),
    claims: z.optional(settings(z.partial(identityClaimsSchema).shape)),
  }),
  roleMap: z.optional(roleMapSchema),
  producers: z.optional(
    z
      .array(
        settings({
          account: producerAccount,
          organizations: z.union(
            [z.literal('*'), z.array(organizationIdSchema).check(z.minLength(1, organizationsAllowed))],
            organizationsAllowed,
          ),
        }),
        'must be a list of producers',
      )
      .check(z.minLength(1, 'must name at least one producer, otherwise nothing is recorded')),
  ),
  producerOrganizationId: z.optional(
    matching(/^o-[a-z0-9]{10,32}$/, 'the ID of an AWS organization, such as o-a1b2c3d4e5'),
  ),
  indexShards: z.optional(settings(indexShardsSchema.shape)),
  shardWritesPerSecond: z.optional(wholeNumber(1, 900, 'writes')),
  warmThroughput: z.optional(settings({ writesPerSecond: wholeNumber(4_000, 1_000_000, 'writes') })),
  retentionDays: z.optional(wholeNumber(1, 36_500, 'days')),
  archiveDays: z.optional(wholeNumber(1, 36_500, 'days')),
  dashboard: z.optional(
    settings({
      domainName: matching(
        /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
        'a lowercase domain name such as logs.example.com',
      ),
      certificateArn: matching(
        /^arn:aws[a-z-]*:acm:us-east-1:\d{12}:certificate\/[a-z0-9-]+$/,
        'the ARN of an ACM certificate in us-east-1, the region that CloudFront requires',
      ),
    }),
  ),
  corsOrigins: z.optional(origins('origins')),
  removalPolicy: z.optional(z.enum(['retain', 'destroy'], oneOf(['retain', 'destroy']))),
  tableClass: z.optional(z.enum(tableClasses, oneOf(tableClasses))),
  readBudgetUnits: z.optional(wholeNumber(8, 4096, 'read units')),
  sealing: z.optional(
    settings({
      intervalSeconds: z.optional(z.literal(sealIntervals, `must be one of ${sealIntervals.join(', ')}`)),
      archiveIntervalMinutes: z.optional(
        z.literal(archiveIntervals, `must be one of ${archiveIntervals.join(', ')}`),
      ),
      objectLock: z.optional(
        settings({
          mode: z.optional(z.enum(lockModes, oneOf(lockModes))),
          days: z.optional(wholeNumber(1, 36_500, 'days')),
        }),
      ),
    }),
  ),
  witnesses: z.optional(
    z
      .array(
        settings({
          url: matching(
            witnessUrlPattern,
            'the https URL of a witness without a query (http only for localhost), such as https://witness.example.com',
          ),
          publicKey: z
            .string(witnessKeyAllowed)
            .check(
              z.refine(
                (key) => key.length <= 300 && readVerifierKey(key, noteKeyTypes.witness) !== undefined,
                witnessKeyAllowed,
              ),
            ),
        }),
        'must be a list of witnesses',
      )
      .check(z.maxLength(maxWitnesses, `must name at most ${maxWitnesses} witnesses`)),
  ),
  throttling: z.optional(
    settings({
      requestsPerSecond: z.optional(wholeNumber(1, 10_000, 'requests')),
      burst: z.optional(wholeNumber(1, 5_000, 'requests')),
    }),
  ),
  recorderConcurrency: z.optional(wholeNumber(2, 1_000, 'batches')),
  alarms: z.optional(
    settings({
      emails: z.optional(
        z.array(
          matching(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'an email address'),
          'must be a list of email addresses',
        ),
      ),
      topicArn: z.optional(matching(topicArnPattern, 'the ARN of a standard SNS topic')),
      // CloudWatch evaluates at most seven days.
      silenceHours: z.optional(wholeNumber(1, 168, 'hours')),
      deniedAttempts: z.optional(wholeNumber(1, 1_000_000, 'attempts')),
      runbookUrl: z.optional(matching(/^https:\/\/[^\s#]+$/, 'an https URL without a fragment')),
    }),
  ),
  logRetentionDays: z.optional(z.literal(logRetentionDays, `must be one of ${logRetentionDays.join(', ')}`)),
});

export type Settings = z.infer<typeof settingsSchema>;
