// The form of an IAM policy document; what it means is the gate's affair.
import * as z from 'zod/mini';

export const policyDocument = z.looseObject({
  Version: z.optional(z.string()),
  Statement: z.array(z.record(z.string(), z.unknown())),
});

export type PolicyDocument = z.infer<typeof policyDocument>;
