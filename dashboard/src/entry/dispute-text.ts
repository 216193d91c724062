// Texts about events that dispute an entry.
import type { Entry } from '../../../client/client.ts';

export type Dispute = NonNullable<Entry['disputes']>[number];

export function titleOf(count: number): string {
  return count === 1
    ? 'Another event with the same ID but different content arrived'
    : `${count} other events with the same ID but different content arrived`;
}

/** When the event arrived and who sent it, as far as the caller can see. */
export function describeSender({ producer }: Dispute, arrivedAt: string | undefined): string {
  const arrived = arrivedAt === undefined ? 'Arrived at an unknown time' : `Arrived ${arrivedAt}`;
  return producer === undefined ? `${arrived}.` : `${arrived}, sent by account ${producer.account}.`;
}

/** Why the differences are not shown, or `undefined` if they are. */
export function describeGap({ unavailable, differencesOmitted }: Dispute): string | undefined {
  if (unavailable === 'OTHER_ACCOUNT') return 'It names an AWS account that you cannot see.';
  if (unavailable === 'UNREADABLE') return 'It cannot be read: it is damaged or was forged.';
  return differencesOmitted === true ? 'The differences are too large to show.' : undefined;
}
