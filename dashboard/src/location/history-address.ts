// Encodes the page of a target's history in its URL. A link to it is on every entry, so this file is part of the first
// load and must stay small.
import type { ListItem } from '../../../client/client.ts';

/** What the page shows: a target, a moment and, to compare, an earlier moment. Times are in the API's formats. */
export interface HistoryAddress {
  readonly target: string;
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  readonly type?: string | undefined;
  readonly at?: string | undefined;
  readonly from?: string | undefined;
  readonly knownAt?: string | undefined;
}

const path = '/history';
const names = ['target', 'account', 'region', 'type', 'at', 'from', 'knownAt'] as const;

/** Returns the path and query of the page. */
export function encodeHistory(address: HistoryAddress): string {
  const parameters = new URLSearchParams();
  for (const name of names) {
    const value = address[name];
    if (value !== undefined) parameters.set(name, value);
  }
  return `${path}?${parameters}`;
}

/** Decodes a path and query. Returns `undefined` for the URL of another page. */
export function decodeHistory(location: string): HistoryAddress | undefined {
  const [pathname, query = ''] = location.split('?');
  if (pathname !== path) return undefined;
  const parameters = new URLSearchParams(query);
  const values = names.map((name) => [name, parameters.get(name) || undefined]);
  return { target: '', ...Object.fromEntries(values.filter(([, value]) => value !== undefined)) };
}

/** What a link to a history needs of an entry. */
type Described = Pick<ListItem, 'target' | 'accountId' | 'region' | 'timestamp'>;

/** Returns the URL of the history of an entry's target, and with `hasMoment` at the moment of the entry. */
export function historyOf({ target, accountId, region, timestamp }: Described, hasMoment = false): string {
  const { id, type } = target;
  const at = hasMoment ? timestamp : undefined;
  return encodeHistory({ target: id, account: accountId, region, type, at });
}
