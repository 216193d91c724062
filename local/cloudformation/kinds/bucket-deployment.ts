// The CDK custom resource that deploys files to a bucket. Its function does not run: local/site reads the files
// directly.
import * as z from 'zod/mini';
import { defineKind } from './resource-kind.ts';

export const bucketDeploymentKind = defineKind({
  type: 'Custom::CDKBucketDeployment',
  properties: z.strictObject({
    ServiceToken: z.string(),
    SourceBucketNames: z.array(z.string()),
    SourceObjectKeys: z.array(z.string()),
    /** For each source: the placeholders in its files, with the values that are known at deployment. */
    SourceMarkers: z.optional(z.array(z.record(z.string(), z.string()))),
    SourceMarkersConfig: z.optional(z.array(z.strictObject({ jsonEscape: z.optional(z.boolean()) }))),
    DestinationBucketName: z.string(),
    Exclude: z.optional(z.array(z.string())),
    Include: z.optional(z.array(z.string())),
    SystemMetadata: z.optional(z.record(z.string(), z.string())),
    /** Has no effect, because the files are read again at each start. */
    Prune: z.optional(z.boolean()),
    RetainOnDelete: z.optional(z.boolean()),
    OutputObjectKeys: z.optional(z.boolean()),
    WaitForDistributionInvalidation: z.optional(z.boolean()),
  }),
  accepted: {},
  identify: (naming) => ({ ref: naming.generatedName(128), attributes: {} }),
});
