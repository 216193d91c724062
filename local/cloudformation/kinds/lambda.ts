// Lambda functions, their permissions and their event source mappings.
import * as z from 'zod/mini';
import { defineKind, localArn } from './resource-kind.ts';

export const functionKind = defineKind({
  type: 'AWS::Lambda::Function',
  properties: z.strictObject({
    FunctionName: z.optional(z.string()),
    Code: z.strictObject({ S3Bucket: z.string(), S3Key: z.string() }),
    Handler: z.string(),
    Role: z.string(),
    Runtime: z.string(),
    Timeout: z.optional(z.number()),
    MemorySize: z.optional(z.number()),
    ReservedConcurrentExecutions: z.optional(z.number()),
    Environment: z.optional(
      z.strictObject({
        Variables: z.optional(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))),
      }),
    ),
    TracingConfig: z.optional(z.strictObject({ Mode: z.enum(['Active', 'PassThrough']) })),
    LoggingConfig: z.optional(
      z.strictObject({
        LogGroup: z.optional(z.string()),
        LogFormat: z.optional(z.string()),
        ApplicationLogLevel: z.optional(z.string()),
        SystemLogLevel: z.optional(z.string()),
      }),
    ),
  }),
  accepted: {
    Description: 'description',
    Architectures: "functions run on this machine's processor",
    Layers: 'layers are not loaded',
    KmsKeyArn: 'environment variables are not encrypted',
    EphemeralStorage: 'the size of /tmp is not limited',
    RecursiveLoop: 'recursive loops are not detected',
    RuntimeManagementConfig: 'functions run on the Node.js version of this project',
    Tags: 'tags',
  },
  identify: (naming) => {
    const name = naming.property('FunctionName') ?? naming.generatedName(64);
    return { ref: name, attributes: { Arn: localArn(naming, 'lambda', `function:${name}`) } };
  },
});

export const functionPermissionKind = defineKind({
  type: 'AWS::Lambda::Permission',
  properties: z.strictObject({
    Action: z.string(),
    FunctionName: z.string(),
    Principal: z.string(),
    SourceArn: z.optional(z.string()),
    SourceAccount: z.optional(z.string()),
  }),
  accepted: {},
  identify: (naming) => ({ ref: naming.generatedName(128), attributes: {} }),
});

export const eventSourceMappingKind = defineKind({
  type: 'AWS::Lambda::EventSourceMapping',
  properties: z.strictObject({
    EventSourceArn: z.string(),
    FunctionName: z.string(),
    BatchSize: z.optional(z.number()),
    Enabled: z.optional(z.boolean()),
    MaximumBatchingWindowInSeconds: z.optional(z.number()),
    ScalingConfig: z.optional(z.strictObject({ MaximumConcurrency: z.optional(z.number()) })),
    FunctionResponseTypes: z.optional(z.array(z.enum(['ReportBatchItemFailures']))),
  }),
  accepted: { Tags: 'tags', MetricsConfig: 'no metrics of the event source mapping' },
  identify: (naming) => {
    const id = naming.generatedId(32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    return {
      ref: id,
      attributes: {
        Id: id,
        EventSourceMappingArn: localArn(naming, 'lambda', `event-source-mapping:${id}`),
      },
    };
  },
});
