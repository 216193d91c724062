// EventBridge: buses, bus policies and rules.
import * as z from 'zod/mini';
import { defineKind, localArn } from './resource-kind.ts';

export const eventBusKind = defineKind({
  type: 'AWS::Events::EventBus',
  properties: z.strictObject({
    Name: z.string(),
  }),
  accepted: {
    Description: 'description',
    DeadLetterConfig: 'events are not encrypted, so no encryption fails',
    KmsKeyIdentifier: 'events are not encrypted',
    LogConfig: 'the bus writes no logs',
    EventSourceName: 'no partner event sources',
    Tags: 'tags',
  },
  identify: (naming) => {
    const name = naming.property('Name') ?? naming.generatedName(256);
    return { ref: name, attributes: { Arn: localArn(naming, 'events', `event-bus/${name}`), Name: name } };
  },
});

export const eventBusPolicyKind = defineKind({
  type: 'AWS::Events::EventBusPolicy',
  properties: z.strictObject({
    EventBusName: z.optional(z.string()),
    StatementId: z.string(),
    Statement: z.optional(z.record(z.string(), z.unknown())),
    Action: z.optional(z.string()),
    Principal: z.optional(z.string()),
    Condition: z.optional(z.strictObject({ Key: z.string(), Type: z.string(), Value: z.string() })),
  }),
  accepted: {},
  identify: (naming) => ({ ref: naming.generatedName(128), attributes: {} }),
});

const target = z.strictObject({
  Id: z.string(),
  Arn: z.string(),
  DeadLetterConfig: z.optional(z.strictObject({ Arn: z.optional(z.string()) })),
  /** Has no effect, because a local delivery succeeds or fails immediately and is not retried. */
  RetryPolicy: z.optional(z.unknown()),
  Input: z.optional(z.string()),
  /** Rewrites events for SNS topics, which receive nothing locally. */
  InputTransformer: z.optional(z.unknown()),
});

export const ruleKind = defineKind({
  type: 'AWS::Events::Rule',
  properties: z.strictObject({
    Name: z.optional(z.string()),
    EventBusName: z.optional(z.string()),
    EventPattern: z.optional(z.record(z.string(), z.unknown())),
    ScheduleExpression: z.optional(z.string()),
    State: z.optional(z.enum(['ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'])),
    Targets: z.optional(z.array(target)),
  }),
  accepted: { Description: 'description', Tags: 'tags' },
  identify: (naming) => {
    const name = naming.property('Name') ?? naming.generatedName(64);
    const bus = naming.property('EventBusName')?.split('/').at(-1);
    const onBus = bus === undefined || bus === 'default' ? '' : `${bus}/`;
    return {
      ref: onBus === '' ? name : `${bus}|${name}`,
      attributes: { Arn: localArn(naming, 'events', `rule/${onBus}${name}`) },
    };
  },
});
