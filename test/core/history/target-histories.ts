// Entries of targets for tests, and a history that reads all pages.
import fc from 'fast-check';
import type { Caller } from '../../../core/access/caller.ts';
import { contentOf } from '../../../core/entry/content.ts';
import { hashContent } from '../../../core/entry/content-hash.ts';
import type { LogEntry } from '../../../core/entry/entry.ts';
import { getHistory } from '../../../core/history/get-history.ts';
import type { HistoryQuery } from '../../../core/history/history-query.ts';
import type { History } from '../../../core/history/history-schemas.ts';
import type { HistoryPorts } from '../../../core/history/target-entries.ts';
import type { JsonObject } from '../../../core/values/json.ts';
import { type EntryParts, makeEntry } from '../../support/entries.ts';

export const startMillis = Date.parse('2026-11-10T00:00:00.000Z');

/** An entry of a target with given states. */
export interface TargetEntryParts extends Omit<EntryParts, 'eventId'> {
  readonly eventId?: string;
  readonly targetId?: string;
  readonly type?: string;
  /** When the action occurred, in milliseconds after `startMillis`. */
  readonly at?: number;
  readonly before?: JsonObject | undefined;
  readonly after?: JsonObject | undefined;
}

let sequence = 0;

export function makeTargetEntry(parts: TargetEntryParts = {}): LogEntry {
  const { targetId = 'res-1', type, at = 0, before, after, ...rest } = parts;
  const base = makeEntry({ eventId: `h-${++sequence}`, occurredAtMillis: startMillis + at, ...rest });
  const { before: _, after: __, ...head } = base;
  const target = { ...base.target, id: targetId, ...(type !== undefined && { type }) };
  const entry = { ...head, target, ...(before && { before }), ...(after && { after }) };
  return { ...entry, contentHash: hashContent(contentOf(entry)) };
}

export const queryOf = (parts: Partial<HistoryQuery> = {}): HistoryQuery => ({
  target: 'res-1',
  limit: 50,
  ...parts,
});

/** Reads all pages. */
export async function readPages(
  query: HistoryQuery,
  caller: Caller,
  ports: HistoryPorts,
): Promise<History[]> {
  const pages: History[] = [];
  let { cursor } = query;
  do {
    const { history } = await getHistory({ ...query, cursor }, caller, ports);
    pages.push(history);
    cursor = history.nextCursor ?? undefined;
    if (pages.length > 1000) throw new Error('the history does not end');
  } while (cursor !== undefined);
  return pages;
}

/** One action of a random history. */
export interface RandomAction {
  readonly gapMillis: number;
  readonly isDenied: boolean;
  readonly isDeletion: boolean;
  readonly name: string;
  readonly size: number;
  readonly recordDelayMillis: number;
  readonly isOther: boolean;
  readonly drift: boolean;
}

const randomAction: fc.Arbitrary<RandomAction> = fc.record({
  gapMillis: fc.constantFrom(0, 1, 5, 1000),
  isDenied: fc.boolean(),
  isDeletion: fc.integer({ min: 0, max: 5 }).map((value) => value === 0),
  name: fc.constantFrom('orders-d', 'orders-x'),
  size: fc.integer({ min: 1, max: 4 }),
  recordDelayMillis: fc.constantFrom(1, 100, 5000),
  isOther: fc.integer({ min: 0, max: 4 }).map((value) => value === 0),
  drift: fc.integer({ min: 0, max: 6 }).map((value) => value === 0),
});

/** A random history of one target, between entries of another target with the same name in another account. */
export const randomHistories = (maxLength: number): fc.Arbitrary<LogEntry[]> =>
  fc.tuple(fc.array(randomAction, { maxLength }), fc.boolean()).map(([actions, hasCreation]) => {
    let at = 0;
    let state: JsonObject | undefined = hasCreation ? undefined : { name: 'orders-d', size: 9 };
    return actions.map((action, number): LogEntry => {
      at += action.gapMillis;
      const common = {
        eventId: `r-${number}`,
        at,
        name: action.name,
        recordedAtMillis: startMillis + at + action.recordDelayMillis,
        verdict: action.isDenied ? ('DENIED' as const) : ('PERMITTED' as const),
      };
      const after = { name: action.name, size: action.size };
      if (action.isOther)
        return makeTargetEntry({ ...common, accountId: '222222222222', action: 'CREATE', after });
      const known: JsonObject | undefined = action.drift && state ? { ...state, drifted: number } : state;
      const kind: 'CREATE' | 'UPDATE' | 'DELETE' =
        known === undefined ? 'CREATE' : action.isDeletion ? 'DELETE' : 'UPDATE';
      const entry = makeTargetEntry({
        ...common,
        action: kind,
        ...(known !== undefined && { before: known }),
        ...(kind !== 'DELETE' && { after }),
      });
      if (!action.isDenied) state = kind === 'DELETE' ? undefined : after;
      return entry;
    });
  });
