// The schema of an IAM policy document. local/iam evaluates the documents.
import * as z from 'zod/mini';

export const policyDocument = z.looseObject({
  Version: z.optional(z.string()),
  Statement: z.array(z.record(z.string(), z.unknown())),
});

export type PolicyDocument = z.infer<typeof policyDocument>;
