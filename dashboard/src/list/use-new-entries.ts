// Polls for new entries while the page is visible, and holds them back until the user asks to see them.
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import type { ListItem } from '../../../client/client.ts';
import { maxLimit } from '../../../core/query/query.ts';
import { TailDeduplicator } from '../../../core/search/tail-deduplicator.ts';
import { useApi } from '../api/api-provider.tsx';
import { serverClock } from '../network/use-server-clock.ts';
import { readBound } from '../search/bound.ts';
import type { SearchRun } from '../search/use-search-run.ts';
import { type NewEntry, planPoll, takeNewEntries } from './new-entries.ts';
import type { Outage } from './outage.ts';
import { startPolling } from './poller.ts';
import type { Entries } from './use-entries.ts';

export interface NewEntries {
  /** Found, but not yet in the list. */
  readonly waiting: readonly NewEntry[];
  /** Found by polling and added to the list. */
  readonly added: readonly NewEntry[];
  /** Adds the waiting entries to the list. */
  readonly show: () => void;
  /** Set while polls fail. */
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
  const pollState = useRef(createPollState(startedAt));
  const hasPage = entries.pages.length > 0;

  const poll = useEffectEvent(async (signal: AbortSignal) => {
    if (pollState.current.startedAt !== startedAt) pollState.current = createPollState(startedAt);
    const state = pollState.current;
    const pollMillis = serverClock.now();
    const shown = entries.pages.at(-1);
    const plan = shown && planPoll(pollMillis, state, filters, shown);
    if (plan === undefined) return;
    for (const { items } of entries.pages) state.deduplicator.take(items);
    state.deduplicator.startPoll(plan.oldestMillis);
    const query = { ...filters, from: plan.from, order: 'desc' as const, limit: maxLimit };
    for await (const { items } of api.pages(query, { signal })) {
      const last = entries.pages.at(-1);
      const order = filters.order ?? 'desc';
      const fresh = takeNewEntries(state.deduplicator, items, last, order);
      if (fresh.length > 0) {
        setFound((now) =>
          now.startedAt === startedAt ? { ...now, waiting: [...now.waiting, ...fresh] } : now,
        );
      }
    }
    // The next poll overlaps this successful one, so an outage in between leaves no gap.
    state.polledAt = pollMillis;
    if (plan.isLongLookback) state.polledFarAt = pollMillis;
  });

  const setOutage = useEffectEvent((error: unknown) => {
    const { startedAt: of, polledAt } = pollState.current;
    const sinceMillis = of === startedAt ? polledAt : startedAt;
    const outage = error === undefined ? undefined : { sinceMillis, error };
    setFound((now) => (now.startedAt === startedAt ? { ...now, outage } : now));
  });

  const isOpenEnded = filters.to === undefined || (readBound(filters.to, 'to') ?? 0) > startedAt;
  const isPolling = hasPage && isOpenEnded;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new run starts a new series of polls
  useEffect(() => {
    if (!isPolling) return undefined;
    const controller = new AbortController();
    const polling = {
      poll: (signal: AbortSignal) => poll(signal),
      wait: waitWhileVisible,
      onOutage: (error: unknown) => setOutage(error),
    };
    void startPolling(polling, controller.signal);
    return () => controller.abort();
  }, [isPolling, startedAt]);

  const { waiting, added, outage } = found;
  // A page that was loaded in the meantime can contain some of them.
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

/** Waits for the given time, and then until the page is visible. */
async function waitWhileVisible(millis: number, signal: AbortSignal): Promise<void> {
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

function createPollState(startedAt: number) {
  return {
    startedAt,
    deduplicator: new TailDeduplicator<ListItem>(),
    polledAt: startedAt,
    polledFarAt: startedAt,
  };
}
