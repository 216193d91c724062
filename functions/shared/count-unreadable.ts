// Counts entries that are stored and cannot be shown, so that an alarm tells the operators as well as the caller.
import { getEntryMetricNames } from '../../core/deployment/metric-names.ts';
import { errorCodes, RequestLogsError } from '../../core/values/errors.ts';

const metricsByCode: Readonly<Partial<Record<string, string>>> = {
  [errorCodes.statesUnreadable]: getEntryMetricNames.statesUnreadable,
  [errorCodes.entryAltered]: getEntryMetricNames.altered,
};

/** Counts the error when it is STATES_UNREADABLE or ENTRY_ALTERED; throws it in any case. */
export async function throwCounted(error: unknown): Promise<never> {
  const metric = error instanceof RequestLogsError ? metricsByCode[error.code] : undefined;
  if (metric !== undefined) {
    // On demand: most execution environments never count one.
    const { countUnreadable } = await import('./unreadable-metrics.ts');
    countUnreadable(metric);
  }
  throw error;
}
