// Sees to it that somebody hears of states that cannot be shown, besides the caller who asked for them.
import { errorCodes, RequestLogsError } from '../../core/values/errors.ts';

/** Counts the error when it is STATES_UNREADABLE; throws it in any case. */
export async function throwCounted(error: unknown): Promise<never> {
  if (error instanceof RequestLogsError && error.code === errorCodes.statesUnreadable) {
    // On demand: most execution environments never count one.
    const { countUnreadableStates } = await import('./unreadable-metric.ts');
    countUnreadableStates();
  }
  throw error;
}
