// Joins the pages of one history, for clients that show several at once. Pure. Also runs in browsers.
import type { Life, NamePeriod } from './history-schemas.ts';

/** The parts of a response that pages share. The types of the API client have them too. */
interface HistoryPage {
  readonly diff?: unknown;
  readonly items?: readonly unknown[];
  readonly names?: readonly NamePeriod[];
  readonly lives?: readonly Life[];
  readonly gaps?: readonly unknown[];
}

/** Joins two consecutive pages. Of a search for a state, only the later page counts. */
export function joinPages<Page extends HistoryPage>(earlier: Page, later: Page): Page {
  if (later.items === undefined) return later;
  const { diff, items = [], gaps = [] } = earlier;
  return {
    ...later,
    ...(diff !== undefined && { diff }),
    items: [...items, ...later.items],
    names: joinNames(earlier.names ?? [], later.names ?? []),
    lives: joinLives(earlier.lives ?? [], later.lives ?? []),
    gaps: [...gaps, ...(later.gaps ?? [])],
  };
}

function joinNames(names: readonly NamePeriod[], later: readonly NamePeriod[]): NamePeriod[] {
  const [last, next] = [names.at(-1), later[0]];
  if (last === undefined || last.name !== next?.name) return [...names, ...later];
  return [...names.slice(0, -1), { ...last, from: next.from }, ...later.slice(1)];
}

/** The oldest life of a page continues on the next one, unless it began with a creation. */
function joinLives(lives: readonly Life[], later: readonly Life[]): Life[] {
  const [last, next] = [lives.at(-1), later[0]];
  const isContinued = last?.createdAt === undefined && next?.deletedAt === undefined;
  if (last === undefined || next === undefined || !isContinued) return [...lives, ...later];
  const joined = { ...next, ...last, actions: last.actions + next.actions };
  return [...lives.slice(0, -1), joined, ...later.slice(1)];
}
