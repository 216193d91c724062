// Polls for new entries while the page is visible, less often while no one uses it, and holds them back until the user asks to see them.
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import type { ListItem } from '../../../client/client.ts';
import { maxLimit } from '../../../core/query/query.ts';
import {
  completeFollowPoll,
  followPauseMillis,
  oldestFollowed,
  planFollowPoll,
  startFollowing,
} from '../../../core/search/follow-schedule.ts';
import { TailDeduplicator } from '../../../core/search/tail-deduplicator.ts';
import { useApi } from '../api/api-provider.tsx';
import { serverClock } from '../network/use-server-clock.ts';
import { readBound } from '../search/bound.ts';
import { readsDetails } from '../search/detail-cost.ts';
import type { SearchRun } from '../search/use-search-run.ts';
import { Activity } from './activity.ts';
import { limitPoll, type NewEntry, takeNewEntries } from './new-entries.ts';
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
    const due = planFollowPoll(state.follow, serverClock.now());
    const shown = entries.pages.at(-1);
    const range = shown && limitPoll(due, filters, shown);
    if (range === undefined) return;
    for (const { items } of entries.pages) state.deduplicator.take(items);
    state.deduplicator.startPoll(oldestFollowed(state.follow));
    const query = { ...filters, ...range, order: 'desc' as const, limit: maxLimit };
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
    state.follow = completeFollowPoll(state.follow, due);
    state.polledAt = due.atMillis;
  });

  const setOutage = useEffectEvent((error: unknown) => {
    const { startedAt: of, polledAt } = pollState.current;
    const sinceMillis = of === startedAt ? polledAt : startedAt;
    const outage = error === undefined ? undefined : { sinceMillis, error };
    setFound((now) => (now.startedAt === startedAt ? { ...now, outage } : now));
  });

  const isOpenEnded = filters.to === undefined || (readBound(filters.to, 'to') ?? 0) > startedAt;
  // Each poll would read the details of the same entries again.
  const isPolling = hasPage && isOpenEnded && !readsDetails(filters);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new run starts a new series of polls
  useEffect(() => {
    if (!isPolling) return undefined;
    const controller = new AbortController();
    const activity = new Activity(
      { window, document, now: () => performance.now(), sleep },
      controller.signal,
    );
    const polling = {
      poll: (signal: AbortSignal) => poll(signal),
      minPauseMillis: () => followPauseMillis(activity.idleMillis),
      wait: (pauseMillis: () => number, signal: AbortSignal) => activity.wait(pauseMillis, signal),
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

/** Waits for the given time. Resolves immediately when the signal is aborted. */
async function sleep(millis: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, millis);
    signal.addEventListener('abort', end);
  });
}

function createPollState(startedAt: number) {
  return {
    startedAt,
    deduplicator: new TailDeduplicator<ListItem>(),
    follow: startFollowing(startedAt),
    polledAt: startedAt,
  };
}
