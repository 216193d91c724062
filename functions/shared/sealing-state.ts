// Finds the place of an entry in the sealed log, for the response that shows the entry.
import type { Caller } from '../../core/access/caller.ts';
import { sealingGaps } from '../../core/entry/entry-response-schemas.ts';
import type { SealingState } from '../../core/search/entry-lookup.ts';
import { RequestLogsError } from '../../core/values/errors.ts';
import { describeItem } from '../../store/describe-item.ts';
import type { Item } from '../../store/entry-item.ts';
import { describeError, logger } from './logs.ts';
import type { OpenLog } from './sealed-log.ts';

let openLog: OpenLog | undefined;

/**
 * Returns where the entry in this item is sealed. Returns nothing for callers who are limited to AWS accounts, because the
 * index reveals the number of entries. If the log cannot be read, the result states the reason, and the entry is still shown.
 */
export async function findSealing(item: Item | undefined, caller: Caller): Promise<SealingState> {
  const sealable = item && describeItem(item);
  if (caller.accounts !== undefined || sealable === undefined) return {};
  try {
    // Loaded on demand, so that the function starts faster.
    openLog ??= (await import('./sealed-log.ts')).connectLogs();
    const { log } = await openLog(caller.organizationId);
    const location = await log.locate(sealable);
    if (location === undefined) return { sealed: null };
    return { sealed: { index: location.index, at: new Date(location.sealedAtMillis).toISOString() } };
  } catch (error) {
    const gap =
      error instanceof RequestLogsError ? sealingGaps.find((code) => code === error.code) : undefined;
    if (gap === undefined) throw error;
    logger.warn('place in the sealed log not found', { error: describeError(error) });
    return { sealedUnavailable: gap };
  }
}
