// What it costs to search in the details of entries, which only the filters of the group Details do.
import { ApiError, type Page } from '../../../client/client.ts';
import { detailFilterNames } from '../../../core/query/filters.ts';
import type { ListFilters } from './search.ts';

/** The cost so far. */
export interface DetailCost {
  /** The number of entries whose details were read. */
  readonly details: number;
  readonly readUnits: number;
}

/** The AWS accounts that a user is limited to. `undefined` if the user is not limited. */
interface AccountLimit {
  readonly accounts?: readonly string[] | undefined;
}

/** The number of entries from which the cost is shown. */
const manyDetails = 200;

/** Whether the search reads the details of entries. */
export function readsDetails(filters: Pick<ListFilters, (typeof detailFilterNames)[number]>): boolean {
  return detailFilterNames.some((name) => filters[name] !== undefined);
}

/**
 * Sends a request that asks for its cost. The API refuses to show it to users who are limited to AWS accounts, so their
 * requests do not ask, and a refused request is sent again without asking. Rejects with the API's error.
 */
export async function askForCost<Answer>(
  { accounts }: AccountLimit,
  send: (cost: { readonly debug?: true }) => Promise<Answer>,
): Promise<Answer> {
  if (accounts !== undefined) return send({});
  try {
    return await send({ debug: true });
  } catch (error) {
    if (error instanceof ApiError && error.field === 'debug') return send({});
    throw error;
  }
}

/** Adds up the cost of all pages. `undefined` if the API did not show it. */
export function addCosts(pages: readonly Pick<Page, 'consumedCapacity'>[]): DetailCost | undefined {
  const costs = pages.flatMap(({ consumedCapacity }) => consumedCapacity ?? []);
  if (costs.length === 0) return undefined;
  return {
    details: costs.reduce((sum, { details = 0 }) => sum + details, 0),
    readUnits: costs.reduce((sum, { readUnits }) => sum + readUnits, 0),
  };
}

/** Describes a cost that is worth saving. `undefined` below 200 entries, or if the cost is not known. */
export function describeDetailCost(cost: DetailCost | undefined): string | undefined {
  if (cost === undefined || cost.details < manyDetails) return undefined;
  const { details, readUnits } = cost;
  const units = Math.ceil(readUnits).toLocaleString('en');
  return `The details of ${details.toLocaleString('en')} entries were read (${units} read units).`;
}

/** How to make a search in details cheaper. */
export const detailAdvice =
  'To read fewer, choose a shorter time range, or add a filter that is not in the group Details.';
