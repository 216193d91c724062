// Counts stored entries that cannot be shown, so that an alarm notifies the operators and not only the caller.
import { getEntryMetricNames } from '../../core/deployment/metric-names.ts';
import { errorCodes, RequestLogsError } from '../../core/values/errors.ts';

const metricsByCode: Readonly<Partial<Record<string, string>>> = {
  [errorCodes.statesUnreadable]: getEntryMetricNames.statesUnreadable,
  [errorCodes.entryAltered]: getEntryMetricNames.altered,
};

/** Counts the error if it is STATES_UNREADABLE or ENTRY_ALTERED, and always rethrows it. */
export async function throwCounted(error: unknown): Promise<never> {
  const metric = error instanceof RequestLogsError ? metricsByCode[error.code] : undefined;
  if (metric !== undefined) {
    // Loaded on demand, because most execution environments never count one.
    const { countUnreadable } = await import('./unreadable-metrics.ts');
    countUnreadable(metric);
  }
  throw error;
}
