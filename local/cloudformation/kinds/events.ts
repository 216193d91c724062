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
    DeadLetterConfig: "dead letters of the bus's own encryption failures",
    KmsKeyIdentifier: 'encryption of events on the bus',
    LogConfig: "the bus's own log",
    EventSourceName: 'partner events',
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
  /** Deliveries here succeed or fail at once: how often AWS would try again has no effect. */
  RetryPolicy: z.optional(z.unknown()),
  Input: z.optional(z.string()),
  /** Rewrites what a topic gets, and topics get nothing here. */
  InputTransformer: z.optional(z.unknown()),
});

export const ruleKind = defineKind({
  type: 'AWS::Events::Rule',
  properties: z.strictObject({
    Name: z.optional(z.string()),
    EventBusName: z.optional(z.string()),
    EventPattern: z.optional(z.record(z.string(), z.unknown())),
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
