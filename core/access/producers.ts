// Which AWS accounts may write entries for which organisations. The envelope's account is set by EventBridge,
// so a producer cannot choose its tenant.
import * as z from 'zod/mini';
import { accountIdSchema, organizationIdSchema } from '../contract/identifiers.ts';

/** `organizations` is a list of ids, or `"*"` for all. */
export const producersSchema = z.array(
  z.strictObject({
    account: accountIdSchema,
    organizations: z.union([z.literal('*'), z.array(organizationIdSchema).check(z.minLength(1))]),
  }),
);

export type Producers = z.infer<typeof producersSchema>;

/** Whether events from `account` may be recorded for `organizationId`. */
export function canProduce(producers: Producers, account: string, organizationId: string): boolean {
  return producers.some(
    (producer) =>
      producer.account === account &&
      (producer.organizations === '*' || producer.organizations.includes(organizationId)),
  );
}
