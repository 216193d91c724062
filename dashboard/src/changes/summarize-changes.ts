// Summarizes changes as text, with unsafe characters escaped.
import type { ListItem } from '../../../client/client.ts';
import {
  describeChanges as describe,
  summarizeChanges as summarize,
} from '../../../core/changes/change-summary.ts';
import { escapeUnsafe } from '../../../core/values/visible-text.ts';

/** For example `instanceClass: db.t4g.micro → db.t4g.medium, +2`. Empty if nothing changed. */
export function summarizeChanges(item: ListItem): string {
  return escapeUnsafe(summarize(item));
}

/** The same, not shortened. */
export function describeChanges(item: ListItem): string {
  return escapeUnsafe(describe(item));
}
