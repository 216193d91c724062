// Prepares a timeline for display: rows with gaps between actions, and the moments at which the target changed.
import type { History, ListItem, TimelineItem } from '../../../client/client.ts';

export type Gap = NonNullable<History['gaps']>[number];
export type Denials = Extract<TimelineItem, { denials: unknown }>['denials'];

/** One row of the timeline. */
export type TimelineRow =
  | { readonly id: string; readonly kind: 'entry'; readonly entry: ListItem }
  | { readonly id: string; readonly kind: 'denials'; readonly denials: Denials }
  | { readonly id: string; readonly kind: 'gap'; readonly gap: Gap };

/** Returns the rows, newest first. A gap follows the action before which the unlogged change must have happened. */
export function listTimelineRows({ items = [], gaps = [] }: Pick<History, 'items' | 'gaps'>): TimelineRow[] {
  const gapByLater = new Map(gaps.map((gap) => [gap.laterId, gap]));
  return items.flatMap((item): TimelineRow[] => {
    if ('denials' in item) {
      return [{ id: item.denials.latest.id, kind: 'denials', denials: item.denials }];
    }
    const { entry } = item;
    const gap = gapByLater.get(entry.id);
    return [
      { id: entry.id, kind: 'entry', entry },
      ...(gap === undefined ? [] : [{ id: `gap ${gap.laterId}`, kind: 'gap' as const, gap }]),
    ];
  });
}

/** Returns the actions that were done, oldest first. The slider steps through them. */
export function listMoments({ items = [] }: Pick<History, 'items'>): ListItem[] {
  return items
    .flatMap((item) => ('entry' in item && item.entry.decision !== 'DENIED' ? [item.entry] : []))
    .reverse();
}

/** Returns the index of the last of these actions at or before the time, or -1. */
export function findMoment(moments: readonly ListItem[], time: string): number {
  const millis = Date.parse(time);
  return moments.findLastIndex(({ timestamp }) => Date.parse(timestamp) <= millis);
}
