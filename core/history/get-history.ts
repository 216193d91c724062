// Answers a request for the history of a target: its timeline, its state at a moment, or the difference between two moments.
import * as z from 'zod/mini';
import type { Caller } from '../access/caller.ts';
import type { ListItem } from '../entry/entry.ts';
import { isEntryId, maxTimeMillis, timeOf } from '../entry/entry-id.ts';
import { readCursor, writeCursor } from '../query/cursor-codec.ts';
import { compareAcrossEntries } from './continuity.ts';
import type { HistoryQuery, Span } from './history-query.ts';
import type { History, StateAt, StateDiff } from './history-schemas.ts';
import { type SelectedTarget, selectTarget } from './select-target.ts';
import { stateAfter, stateBefore, unknownState } from './state-at.ts';
import { type DoneStep, isDenial, isDone, type Step } from './steps.ts';
import { type HistoryPorts, TargetEntries } from './target-entries.ts';
import { buildTimeline, countItems, countWithin } from './timeline.ts';

/** A history, and what its function logs and counts. */
export interface FoundHistory {
  readonly history: History;
  /** The error codes of entries whose states cannot be read. */
  readonly problems: readonly string[];
  /** Read units consumed, the directory included. */
  readonly readUnits: number;
}

const entryId = z.string().check(z.refine(isEntryId));

const cursorSchema = z.strictObject({
  /** The last ID that was searched. Absent at the start of the search for the next action. */
  p: z.optional(entryId),
  /** Timelines only: the last action that was done on the page before, with which the continuity check continues. */
  l: z.optional(entryId),
  /** States only: present if the search for the last action ended, and the search for the next one continues. */
  n: z.optional(z.literal(1)),
});

type Position = z.infer<typeof cursorSchema>;

/** The fewest entries that one read of a timeline requests. A flood of denials folds into one item. */
const minEntries = 50;

/**
 * Returns the history that the query asks for, as far as the caller can see it. Fails with NOT_FOUND, AMBIGUOUS_TARGET,
 * INVALID_CURSOR and STORE_UNAVAILABLE.
 */
export async function getHistory(
  query: HistoryQuery,
  caller: Caller,
  ports: HistoryPorts,
): Promise<FoundHistory> {
  let directoryUnits = 0;
  const selected = await selectTarget(query, caller, ports.directory, (units) => {
    directoryUnits += units;
  });
  const entries = new TargetEntries(selected, caller, query.knownAtMillis, ports);
  const scope = toCursorScope(query, selected, caller);
  const start = query.cursor === undefined ? undefined : readCursor(query.cursor, cursorSchema, scope);
  const request = { query, entries, start, readUnits: ports.limits.readUnits };
  const { next, ...parts } =
    query.atMillis === undefined ? await readTimeline(request) : await readState(request, query.atMillis);
  const history: History = {
    target: selected.target,
    ...parts,
    ...(query.knownAtMillis !== undefined && { knownAt: toIsoTime(query.knownAtMillis) }),
    nextCursor: next === undefined ? null : writeCursor(next, scope),
    complete: next === undefined,
  };
  return { history, problems: entries.problems, readUnits: directoryUnits + entries.readUnits };
}

/** What the parts of a response have in common. */
interface HistoryRequest {
  readonly query: HistoryQuery;
  readonly entries: TargetEntries;
  /** Where the cursor continues. */
  readonly start: Position | undefined;
  readonly readUnits: number;
}

type Answer = Omit<History, 'target' | 'nextCursor' | 'complete' | 'knownAt'> & {
  readonly next: Position | undefined;
};

/** Everything that determines what the pages contain. The page size can change. */
function toCursorScope(query: HistoryQuery, { target }: SelectedTarget, caller: Caller): object {
  const { atMillis, diff, knownAtMillis } = query;
  const { organizationId, accounts = '*' } = caller;
  return { history: target, atMillis, diff, knownAtMillis, organizationId, accounts };
}

async function readState({ entries, start, readUnits }: HistoryRequest, atMillis: number): Promise<Answer> {
  const { state, next, searchedThrough } = await findState(entries, atMillis, readUnits, start);
  return { at: state, searchedThrough, next };
}

interface FoundState {
  readonly state: StateAt;
  readonly step?: DoneStep | undefined;
  readonly next?: Position | undefined;
  readonly searchedThrough: string;
}

/** Finds the last action at or before the moment or, if there is none, the next one after it. */
async function findState(
  entries: TargetEntries,
  atMillis: number,
  readUnits: number,
  start?: Position,
): Promise<FoundState> {
  const base = { limit: 1, isDoneOnly: true };
  if (start?.n === undefined) {
    const range = { ...base, fromMillis: 0, toMillis: atMillis, order: 'desc' as const, position: start?.p };
    const { step, next } = await findStep(entries, range, readUnits / 2);
    if (step !== undefined) {
      return { state: stateAfter(step, atMillis), step, searchedThrough: step.item.timestamp };
    }
    if (next !== undefined) return notSearched(atMillis, next, { p: next });
  }
  const range = { ...base, fromMillis: atMillis + 1, toMillis: maxTimeMillis, order: 'asc' as const };
  const position = start?.n === undefined ? undefined : start.p;
  if (range.fromMillis > maxTimeMillis) return nothing(atMillis);
  const { step, next } = await findStep(entries, { ...range, position }, readUnits / 2);
  if (step !== undefined) return { state: stateBefore(step, atMillis), step, searchedThrough: toIsoTime(0) };
  return next === undefined ? nothing(atMillis) : notSearched(atMillis, next, { p: next, n: 1 });
}

function nothing(atMillis: number): FoundState {
  return { state: unknownState(atMillis, true), searchedThrough: toIsoTime(0) };
}

function notSearched(atMillis: number, position: string, next: Position): FoundState {
  return { state: unknownState(atMillis, false), next, searchedThrough: toIsoTime(timeOf(position)) };
}

/** Reads on while pages are empty, because a page can end at its budget. An entry that has just expired is skipped. */
async function findStep(
  entries: TargetEntries,
  range: Parameters<TargetEntries['find']>[0],
  readUnits: number,
): Promise<{ readonly step?: DoneStep; readonly next?: string | undefined }> {
  const limit = entries.readUnits + readUnits;
  let { position } = range;
  do {
    const { items, next } = await entries.find({ ...range, position }, limit - entries.readUnits);
    const [step] = (await entries.readSteps(items, 1)).steps;
    if (step !== undefined && isDone(step)) return { step };
    position = next;
  } while (position !== undefined && entries.readUnits < limit && !entries.isOutOfTime);
  return { next: position };
}

async function readTimeline(request: HistoryRequest): Promise<Answer> {
  const { query, entries, start, readUnits } = request;
  const { fromMillis, toMillis } = query.diff ?? { fromMillis: -1, toMillis: maxTimeMillis };
  const isFirst = start === undefined;
  const diff = query.diff && isFirst ? await readDiff(query.diff, entries, readUnits / 2) : undefined;
  const range = { fromMillis: fromMillis + 1, toMillis, order: 'desc' as const };
  // What happened at the first moment belongs to its state, so it is not between the moments.
  if (range.fromMillis > range.toMillis) {
    return {
      ...(diff && { diff }),
      ...buildTimeline([]),
      searchedThrough: toIsoTime(toMillis),
      next: undefined,
    };
  }
  const limit = entries.readUnits + readUnits / 4;
  const found: ListItem[] = [];
  let next = start?.p;
  do {
    const missing = Math.max(minEntries, query.limit - countItems(found));
    const page = await entries.find({ ...range, limit: missing, position: next }, limit - entries.readUnits);
    found.push(...page.items);
    next = page.next;
  } while (
    next !== undefined &&
    !isFull(found, query.limit) &&
    entries.readUnits < limit &&
    !entries.isOutOfTime
  );
  const shown = found.slice(0, countWithin(found, query.limit));
  const { steps, count } = await entries.readSteps(shown, readUnits / 4);
  if (count < found.length) next = found[count - 1]?.id;
  const later = start?.l === undefined ? undefined : await readLater(start.l, entries);
  const last = steps.findLast(isDone)?.item.id ?? start?.l;
  return {
    ...(diff && { diff }),
    ...buildTimeline(steps, later),
    searchedThrough: toIsoTime(next === undefined ? range.fromMillis : timeOf(next)),
    next: next === undefined ? undefined : { p: next, ...(last !== undefined && { l: last }) },
  };
}

/** Whether the page needs no further entries. A run of denials at its end can continue. */
function isFull(found: readonly ListItem[], limit: number): boolean {
  const count = countItems(found);
  const last = found.at(-1);
  return count > limit || (count === limit && last !== undefined && !isDenial(last));
}

/** Reads the action that was done last on the page before. A forged ID finds only entries of the same target. */
async function readLater(id: string, entries: TargetEntries): Promise<DoneStep | undefined> {
  const millis = timeOf(id);
  const range = {
    fromMillis: millis,
    toMillis: millis,
    order: 'asc' as const,
    limit: minEntries,
    isDoneOnly: true,
  };
  const { items } = await entries.find(range, 1);
  const { steps } = await entries.readSteps(
    items.filter((item) => item.id === id),
    1,
  );
  return steps.find((step: Step) => isDone(step));
}

async function readDiff(
  { fromMillis, toMillis }: Span,
  entries: TargetEntries,
  units: number,
): Promise<StateDiff> {
  const from = await findState(entries, fromMillis, units / 2);
  const to = await findState(entries, toMillis, units / 2);
  const changes = compareAcrossEntries(from.state.state, to.state.state);
  return { from: from.state, to: to.state, changes: changes.map(({ change }) => change) };
}

function toIsoTime(millis: number): string {
  return new Date(millis).toISOString();
}
