// What changed, in a few words, safe to be shown.
import type { ListItem } from '../../../client/client.ts';
import {
  summarizeChanges as summarize,
  describeChanges as tell,
} from '../../../core/changes/change-summary.ts';
import { escapeUnsafe } from '../../../core/values/visible-text.ts';

/** Such as `instanceClass: db.t4g.micro → db.t4g.medium, +2`; empty when nothing changed. */
export function summarizeChanges(item: ListItem): string {
  return escapeUnsafe(summarize(item));
}

/** The same with nothing shortened. */
export function describeChanges(item: ListItem): string {
  return escapeUnsafe(tell(item));
}
