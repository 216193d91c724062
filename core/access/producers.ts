// Defines which AWS accounts can write entries for which organizations. EventBridge sets the account in the envelope,
// so a producer cannot choose its tenant.
import * as z from 'zod/mini';
import { accountIdSchema, organizationIdSchema } from '../contract/identifiers.ts';

/** `organizations` is a list of IDs, or `"*"` for all. */
export const producersSchema = z.array(
  z.strictObject({
    account: accountIdSchema,
    organizations: z.union([z.literal('*'), z.array(organizationIdSchema).check(z.minLength(1))]),
  }),
);

export type Producers = z.infer<typeof producersSchema>;

/** Whether `account` is allowed to write events for `organizationId`. */
export function canProduce(producers: Producers, account: string, organizationId: string): boolean {
  return producers.some(
    (producer) =>
      producer.account === account &&
      (producer.organizations === '*' || producer.organizations.includes(organizationId)),
  );
}
