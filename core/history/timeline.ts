// Builds the timeline of a target from its entries: denials folded, lives, names and gaps. Pure. The entries are newest
// first, as on a page.
import type { ListItem } from '../entry/entry.ts';
import { findGap } from './continuity.ts';
import type { Denials, Gap, Life, NamePeriod, TimelineItem } from './history-schemas.ts';
import { type DoneStep, isDenial, isDone, type Step } from './steps.ts';

/** Denied attempts in sequence are folded into one item from this number on. */
export const minFoldedDenials = 4;

/** The maximum number of users that a folded item names. */
const maxDeniedUsers = 5;

/** The parts of a timeline on one page. */
export interface Timeline {
  readonly items: readonly TimelineItem[];
  readonly names: readonly NamePeriod[];
  readonly lives: readonly Life[];
  readonly gaps: readonly Gap[];
}

/** Builds the timeline of these steps. `later` is the last action that was done on the page before, if there is one. */
export function buildTimeline(steps: readonly Step[], later?: DoneStep): Timeline {
  const done = steps.filter(isDone);
  return {
    items: splitRuns(steps.map(({ item }) => item)).flatMap(toItems),
    names: listNames(done),
    lives: listLives(done),
    gaps: listGaps(later === undefined ? done : [later, ...done]),
  };
}

/** Returns how many of these entries the first `limit` items of a timeline contain. */
export function countWithin(items: readonly ListItem[], limit: number): number {
  let [entries, shown] = [0, 0];
  for (const run of splitRuns(items)) {
    const size = toItems(run).length;
    if (shown + size > limit) return entries + (isFolded(run) ? 0 : limit - shown);
    entries += run.length;
    shown += size;
  }
  return entries;
}

/** Returns how many items the timeline of these entries has. */
export function countItems(items: readonly ListItem[]): number {
  return splitRuns(items).reduce((sum, run) => sum + toItems(run).length, 0);
}

/** Splits the entries into runs of denials, and single actions that were done. */
function splitRuns(items: readonly ListItem[]): ListItem[][] {
  const runs: ListItem[][] = [];
  for (const item of items) {
    const run = runs.at(-1);
    if (run !== undefined && isDenial(item) && isDenial(run[0] as ListItem)) run.push(item);
    else runs.push([item]);
  }
  return runs;
}

function isFolded(run: readonly ListItem[]): boolean {
  return run.length >= minFoldedDenials;
}

function toItems(run: readonly ListItem[]): TimelineItem[] {
  return isFolded(run) ? [{ denials: foldDenials(run) }] : run.map((entry) => ({ entry }));
}

function foldDenials(run: readonly ListItem[]): Denials {
  const [latest, first] = [run[0] as ListItem, run.at(-1) as ListItem];
  const users = new Map<string, Denials['users'][number]>();
  for (const { user } of run) {
    const seen = users.get(user.id) ?? { id: user.id, ...(user.name && { name: user.name }), count: 0 };
    users.set(user.id, { ...seen, count: seen.count + 1 });
  }
  const most = [...users.values()].sort((one, other) => other.count - one.count).slice(0, maxDeniedUsers);
  return { count: run.length, from: first.timestamp, to: latest.timestamp, users: most, latest };
}

/** Returns the periods of consecutive actions under the same name. */
function listNames(done: readonly DoneStep[]): NamePeriod[] {
  const periods: { name: string; from: string; to: string }[] = [];
  for (const { item } of done) {
    const period = periods.at(-1);
    if (period?.name === item.target.name) period.from = item.timestamp;
    else periods.push({ name: item.target.name, from: item.timestamp, to: item.timestamp });
  }
  return periods;
}

function listLives(done: readonly DoneStep[]): Life[] {
  const lives: Life[] = [];
  let isOpen = false;
  for (const { item } of done.toReversed()) {
    const { id, action, timestamp } = item;
    if (action === 'CREATE' || !isOpen) lives.push({ actions: 0 });
    const life = lives.at(-1) as Life;
    lives[lives.length - 1] = {
      ...life,
      ...(action === 'CREATE' && { createdAt: timestamp, createdBy: id }),
      ...(action === 'DELETE' && { deletedAt: timestamp, deletedBy: id }),
      actions: life.actions + 1,
    };
    isOpen = action !== 'DELETE';
  }
  return lives.reverse();
}

function listGaps(done: readonly DoneStep[]): Gap[] {
  return done.slice(1).flatMap((earlier, place) => findGap(earlier, done[place] as DoneStep) ?? []);
}
