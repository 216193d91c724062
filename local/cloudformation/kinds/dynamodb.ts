// DynamoDB tables.
import * as z from 'zod/mini';
import { policyDocument } from './policy-document.ts';
import { defineKind, localArn } from './resource-kind.ts';

const keySchema = z.array(z.strictObject({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));

const index = z.strictObject({
  IndexName: z.string(),
  KeySchema: keySchema,
  Projection: z.strictObject({
    ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
    NonKeyAttributes: z.optional(z.array(z.string())),
  }),
  /** Capacity and contributor insights of an index have no local effect. */
  ProvisionedThroughput: z.optional(z.unknown()),
  OnDemandThroughput: z.optional(z.unknown()),
  WarmThroughput: z.optional(z.unknown()),
  ContributorInsightsSpecification: z.optional(z.unknown()),
});

/** AWS uses the time at which the stream was enabled. */
export const streamLabel = '2026-01-01T00:00:00.000';

export const tableKind = defineKind({
  type: 'AWS::DynamoDB::Table',
  properties: z.strictObject({
    TableName: z.optional(z.string()),
    KeySchema: keySchema,
    AttributeDefinitions: z.array(
      z.strictObject({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }),
    ),
    GlobalSecondaryIndexes: z.optional(z.array(index)),
    LocalSecondaryIndexes: z.optional(z.array(index)),
    SSESpecification: z.optional(
      z.strictObject({
        SSEEnabled: z.boolean(),
        SSEType: z.optional(z.string()),
        KMSMasterKeyId: z.optional(z.string()),
      }),
    ),
    /** Streams always contain both images. */
    StreamSpecification: z.optional(z.strictObject({ StreamViewType: z.literal('NEW_AND_OLD_IMAGES') })),
    ResourcePolicy: z.optional(z.strictObject({ PolicyDocument: policyDocument })),
  }),
  accepted: {
    BillingMode: 'no capacity limits and no throttling',
    ProvisionedThroughput: 'no capacity limits and no throttling',
    OnDemandThroughput: 'no capacity limits and no throttling',
    WarmThroughput: 'no capacity limits and no throttling',
    ContributorInsightsSpecification: 'no contributor insights',
    PointInTimeRecoverySpecification: 'no backups',
    DeletionProtectionEnabled: 'no deletion protection',
    TableClass: 'has no effect',
    TimeToLiveSpecification: 'expired items are not deleted, so reads must hide them',
    Tags: 'tags',
  },
  identify: (naming) => {
    const name = naming.property('TableName') ?? naming.generatedName(255);
    const Arn = localArn(naming, 'dynamodb', `table/${name}`);
    return { ref: name, attributes: { Arn, StreamArn: `${Arn}/stream/${streamLabel}` } };
  },
});
