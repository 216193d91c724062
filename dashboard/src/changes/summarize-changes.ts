// What changed, in a few words.
import type { ListItem } from '../../../client/client.ts';

/** The first paths that changed and how many more there are; empty when nothing did. */
export function summarizeChanges({ changedPaths, changeCount }: ListItem): string {
  const shown = changedPaths.slice(0, 2).map((path) => path.slice(1).replaceAll('/', '.'));
  const more = changeCount - shown.length;
  return [...shown, ...(more > 0 ? [`+${more}`] : [])].join(', ');
}
