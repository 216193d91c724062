// What changed, in a few words, safe to be shown.
import type { ListItem } from '../../../client/client.ts';
import { summarizeChanges as summarize, tellChanges as tell } from '../../../core/change-summary.ts';
import { escapeUnsafe } from '../../../core/visible-text.ts';

/** Such as `instanceClass: db.t4g.micro → db.t4g.medium, +2`; empty when nothing changed. */
export function summarizeChanges(item: ListItem): string {
  return escapeUnsafe(summarize(item));
}

/** The same with nothing shortened. */
export function tellChanges(item: ListItem): string {
  return escapeUnsafe(tell(item));
}
