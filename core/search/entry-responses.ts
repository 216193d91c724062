// Builds the response for an entry, as complete as a size limit allows. Only entries with very large states are
// affected.
import { listChanges } from '../changes/changes.ts';
import type { Dispute, EntryResponse } from '../entry/entry-response-schemas.ts';
import type { Change } from '../entry/entry-schemas.ts';
import type { FoundEntry } from './entry-lookup.ts';

/**
 * Yields the response, and then smaller ones: without the differences of disputes, and without the changes too. Skips
 * responses whose paths alone exceed `maxBytes`, because writing them out is expensive.
 */
export function* listResponses(
  { entry, disputes, sealing }: FoundEntry,
  maxBytes: number,
): Generator<EntryResponse, void, undefined> {
  const changes = listChanges(entry.before, entry.after);
  const withoutDifferences = disputes.map(omitDifferences);
  for (const shown of disputes.length === 0 ? [disputes] : [disputes, withoutDifferences]) {
    if (countPathBytes([...changes, ...shown.flatMap(({ differences = [] }) => differences)]) > maxBytes) {
      continue;
    }
    yield { ...entry, changes, ...asField(shown), ...sealing };
  }
  yield { ...entry, changes: [], changesOmitted: true, ...asField(withoutDifferences), ...sealing };
}

function omitDifferences({ differences, ...dispute }: Dispute): Dispute {
  return differences === undefined ? dispute : { ...dispute, differencesOmitted: true };
}

function asField(disputes: readonly Dispute[]): Pick<EntryResponse, 'disputes'> {
  return disputes.length === 0 ? {} : { disputes };
}

function countPathBytes(changes: readonly Change[]): number {
  return changes.reduce((sum, { path }) => sum + path.length, 0);
}
