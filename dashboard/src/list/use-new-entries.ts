// Looks for new entries while the page is in sight, and holds them back until somebody wants to see them.
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import type { ListItem } from '../../../client/client.ts';
import { maxLimit } from '../../../core/query/query.ts';
import { TailDeduplicator } from '../../../core/search/tail-deduplicator.ts';
import { useApi } from '../api/api-provider.tsx';
import { readBound } from '../search/bound.ts';
import type { SearchRun } from '../search/use-search-run.ts';
import { type NewEntry, planPoll, takeInRange } from './new-entries.ts';
import type { Outage } from './outage.ts';
import { startPolling } from './poller.ts';
import type { Entries } from './use-entries.ts';

export interface NewEntries {
  /** Found, and not in the list yet. */
  readonly waiting: readonly NewEntry[];
  /** In the list, though no page of the search brought them. */
  readonly added: readonly NewEntry[];
  /** Takes those that wait into the list. */
  readonly show: () => void;
  /** Set while looks fail. */
  readonly outage: Outage | undefined;
}

interface Found {
  readonly startedAt: number;
  readonly waiting: readonly NewEntry[];
  readonly added: readonly NewEntry[];
  readonly outage?: Outage | undefined;
}

export function useNewEntries(run: SearchRun, entries: Entries): NewEntries {
  const api = useApi();
  const { startedAt, filters } = run;
  const [found, setFound] = useState<Found>({ startedAt, waiting: [], added: [] });
  if (found.startedAt !== startedAt) setFound({ startedAt, waiting: [], added: [] });
  const fold = useRef(newFold(startedAt));
  const hasPage = entries.pages.length > 0;

  const look = useEffectEvent(async (signal: AbortSignal) => {
    if (fold.current.startedAt !== startedAt) fold.current = newFold(startedAt);
    const state = fold.current;
    const lookMillis = Date.now();
    const shown = entries.pages.at(-1);
    const plan = shown && planPoll(lookMillis, state, filters, shown);
    if (plan === undefined) return;
    for (const { items } of entries.pages) state.fold.take(items);
    state.fold.startLook(plan.oldestMillis);
    const query = { ...filters, from: plan.from, order: 'desc' as const, limit: maxLimit };
    for await (const { items } of api.pages(query, { signal })) {
      const last = entries.pages.at(-1);
      const order = filters.order ?? 'desc';
      const fresh = takeInRange(state.fold, items, last, order);
      if (fresh.length > 0) {
        setFound((now) =>
          now.startedAt === startedAt ? { ...now, waiting: [...now.waiting, ...fresh] } : now,
        );
      }
    }
    // The next look starts a window before this one that succeeded: an outage in between opens no gap.
    state.lookedAt = lookMillis;
    if (plan.isFar) state.lookedFarAt = lookMillis;
  });

  const setOutage = useEffectEvent((error: unknown) => {
    const { startedAt: of, lookedAt } = fold.current;
    const sinceMillis = of === startedAt ? lookedAt : startedAt;
    const outage = error === undefined ? undefined : { sinceMillis, error };
    setFound((now) => (now.startedAt === startedAt ? { ...now, outage } : now));
  });

  const isOpenEnded = filters.to === undefined || (readBound(filters.to, 'to') ?? 0) > startedAt;
  const isLooking = hasPage && isOpenEnded;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another run starts another series of looks.
  useEffect(() => {
    if (!isLooking) return undefined;
    const ending = new AbortController();
    const looking = {
      look: (signal: AbortSignal) => look(signal),
      wait: waitInSight,
      onOutage: (error: unknown) => setOutage(error),
    };
    void startPolling(looking, ending.signal);
    return () => ending.abort();
  }, [isLooking, startedAt]);

  const { waiting, added, outage } = found;
  // A page that came meanwhile may hold some of them.
  const stillWaiting = useMemo(() => {
    if (waiting.length === 0) return waiting;
    const inPages = new Set(entries.pages.flatMap(({ items }) => items.map(({ id }) => id)));
    return waiting.filter(({ item }) => !inPages.has(item.id));
  }, [waiting, entries.pages]);
  return {
    waiting: stillWaiting,
    added,
    outage,
    show: () => setFound((now) => ({ ...now, waiting: [], added: [...now.waiting, ...now.added] })),
  };
}

/** Waits, and until the page is in sight. */
async function waitInSight(millis: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, millis);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
  if (!document.hidden || signal.aborted) return;
  await new Promise<void>((resolve) => {
    document.addEventListener('visibilitychange', () => resolve(), { once: true, signal });
    signal.addEventListener('abort', () => resolve());
  });
}

function newFold(startedAt: number) {
  return { startedAt, fold: new TailDeduplicator<ListItem>(), lookedAt: startedAt, lookedFarAt: startedAt };
}
