// SQS queues and their policies.
import * as z from 'zod/mini';
import { policyDocument } from './policy-document.ts';
import { defineKind, localArn } from './resource-kind.ts';

export const queueKind = defineKind({
  type: 'AWS::SQS::Queue',
  properties: z.strictObject({
    QueueName: z.optional(z.string()),
    VisibilityTimeout: z.optional(z.number()),
    DelaySeconds: z.optional(z.number()),
    MaximumMessageSize: z.optional(z.number()),
    MessageRetentionPeriod: z.optional(z.number()),
    ReceiveMessageWaitTimeSeconds: z.optional(z.number()),
    FifoQueue: z.optional(z.boolean()),
    ContentBasedDeduplication: z.optional(z.boolean()),
    RedrivePolicy: z.optional(
      z.strictObject({
        deadLetterTargetArn: z.string(),
        maxReceiveCount: z.union([z.number(), z.string()]),
      }),
    ),
    KmsMasterKeyId: z.optional(z.string()),
  }),
  accepted: {
    KmsDataKeyReusePeriodSeconds: 'there are no data keys',
    SqsManagedSseEnabled: 'messages are not encrypted',
    RedriveAllowPolicy: 'any queue can use this queue as its dead-letter queue',
    Tags: 'tags',
  },
  identify: (naming) => {
    const name = naming.property('QueueName') ?? naming.generatedName(80);
    return {
      ref: `${naming.gatewayUrl}/${naming.accountId}/${name}`,
      attributes: { Arn: localArn(naming, 'sqs', name), QueueName: name },
    };
  },
});

export const queuePolicyKind = defineKind({
  type: 'AWS::SQS::QueuePolicy',
  properties: z.strictObject({ Queues: z.array(z.string()), PolicyDocument: policyDocument }),
  accepted: {},
  identify: (naming) => ({ ref: naming.generatedName(128), attributes: {} }),
});
