// The CDK's custom resource that puts files into a bucket. Its function is not run; what it does is done here.
import * as z from 'zod/mini';
import { defineKind } from './resource-kind.ts';

export const bucketDeploymentKind = defineKind({
  type: 'Custom::CDKBucketDeployment',
  properties: z.strictObject({
    ServiceToken: z.string(),
    SourceBucketNames: z.array(z.string()),
    SourceObjectKeys: z.array(z.string()),
    /** For each source: placeholder in its files to the value known at deployment. */
    SourceMarkers: z.optional(z.array(z.record(z.string(), z.string()))),
    SourceMarkersConfig: z.optional(z.array(z.strictObject({ jsonEscape: z.optional(z.boolean()) }))),
    DestinationBucketName: z.string(),
    Exclude: z.optional(z.array(z.string())),
    Include: z.optional(z.array(z.string())),
    SystemMetadata: z.optional(z.record(z.string(), z.string())),
    /** The folder is empty at each start, so there is nothing to prune or to keep. */
    Prune: z.optional(z.boolean()),
    RetainOnDelete: z.optional(z.boolean()),
    OutputObjectKeys: z.optional(z.boolean()),
    WaitForDistributionInvalidation: z.optional(z.boolean()),
  }),
  accepted: {},
  identify: (naming) => ({ ref: naming.generatedName(128), attributes: {} }),
});
