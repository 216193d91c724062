// Finds the target of a history request among the targets with its ID that the caller can see.
import { type Caller, canSeeAccount } from '../access/caller.ts';
import { isSameTarget, readTargetRow, type TargetKey, type TargetName } from '../directory/target-rows.ts';
import type { Meter, TargetReader } from '../storage/ports.ts';
import { errorCodes, RequestLogsError } from '../values/errors.ts';
import type { HistoryQuery } from './history-query.ts';

/** A target, and every name under which its entries were recorded. */
export interface SelectedTarget {
  readonly target: TargetKey;
  readonly names: readonly string[];
}

/** The maximum number of candidates that an error lists. */
const maxCandidates = 20;

/**
 * Returns the target that the request selects. Fails with NOT_FOUND if the caller can see none, and with AMBIGUOUS_TARGET,
 * which lists the candidates, if the caller can see several.
 */
export async function selectTarget(
  query: HistoryQuery,
  caller: Caller,
  directory: TargetReader,
  meter?: Meter,
): Promise<SelectedTarget> {
  const rows = await directory.listTargets(caller.organizationId, query.target, meter);
  const visible = rows
    .map(readTargetRow)
    .filter(({ target }) => canSeeAccount(caller, target.accountId) && isSelected(target, query));
  const [first] = visible;
  if (first === undefined) {
    throw new RequestLogsError(errorCodes.notFound, 'there is no service or resource with this ID');
  }
  if (visible.some(({ target }) => !isSameTarget(target, first.target))) throw ambiguous(visible);
  return { target: first.target, names: [...new Set(visible.map(({ name }) => name))] };
}

function isSelected(target: TargetKey, { account, region, type }: HistoryQuery): boolean {
  return (
    (account === undefined || target.accountId === account) &&
    (region === undefined || target.region === region) &&
    (type === undefined || target.type === type)
  );
}

function ambiguous(found: readonly TargetName[]): RequestLogsError {
  const distinct = new Map(
    found.map(({ target: { accountId: account, region, type } }) => [
      JSON.stringify([account, region, type]),
      { account, region, type },
    ]),
  );
  const count = distinct.size;
  const candidates = [...distinct.values()].slice(0, maxCandidates);
  const message = `${count} services or resources have this ID; send account, region and type of one of the candidates`;
  return new RequestLogsError(errorCodes.ambiguousTarget, message, { field: 'target', candidates });
}
