// Counts stored entries and disputes that cannot be shown, so that an alarm notifies the operators and not only the caller.
import { getEntryMetricNames } from '../../core/deployment/metric-names.ts';
import type { Dispute } from '../../core/entry/entry-response-schemas.ts';
import { errorCodes, RequestLogsError } from '../../core/values/errors.ts';

const metricsByCode: Readonly<Partial<Record<string, string>>> = {
  [errorCodes.statesUnreadable]: getEntryMetricNames.statesUnreadable,
  [errorCodes.entryAltered]: getEntryMetricNames.altered,
};

/** Counts the error if it is STATES_UNREADABLE or ENTRY_ALTERED, and always rethrows it. */
export async function throwCounted(error: unknown): Promise<never> {
  const metric = error instanceof RequestLogsError ? metricsByCode[error.code] : undefined;
  if (metric !== undefined) await count(metric);
  throw error;
}

/** Counts a response with disputes that are damaged or forged like one whose states cannot be read. */
export async function countUnreadableDisputes(disputes: readonly Dispute[]): Promise<void> {
  if (disputes.some(({ unavailable }) => unavailable === 'UNREADABLE')) {
    await count(getEntryMetricNames.statesUnreadable);
  }
}

/** Counts each entry and dispute that a full export cannot show because it is damaged or altered. */
export async function countGaps(codes: readonly string[]): Promise<void> {
  for (const code of codes) {
    const metric = metricsByCode[code];
    if (metric !== undefined) await count(metric);
  }
}

async function count(metric: string): Promise<void> {
  // Loaded on demand, because most execution environments never count one.
  const { countUnreadable } = await import('./unreadable-metrics.ts');
  countUnreadable(metric);
}
