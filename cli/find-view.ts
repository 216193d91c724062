// Finds a saved view by its name. Reads the list of views, and never changes one.
import type { RequestLogsClient, SavedView } from '../client/client.ts';
import { foldTerm } from '../core/values/folded-text.ts';
import { CommandError } from '../terminal/command-error.ts';

/** The number of names that an error lists. */
const maxListedNames = 20;

/**
 * Returns the view with this name, in any case. A private view comes before a shared one. Fails with CommandError, which
 * lists the names that exist, or with the error of the API.
 */
export async function findView(
  client: Pick<RequestLogsClient, 'listViews'>,
  name: string,
  signal: AbortSignal,
): Promise<SavedView> {
  const { views } = await client.listViews({ signal });
  const found = views.filter((view) => foldTerm(view.name) === foldTerm(name));
  const view = found.find(({ shared }) => !shared) ?? found[0];
  if (view !== undefined) return view;
  throw new CommandError(`There is no view with the name ${JSON.stringify(name)}. ${describeViews(views)}`);
}

function describeViews(views: readonly SavedView[]): string {
  if (views.length === 0)
    return 'You have no views, and none are shared with you. Save one in the dashboard.';
  const names = views
    .slice(0, maxListedNames)
    .map(({ name, shared }) => JSON.stringify(name) + (shared ? ' (shared)' : ''));
  const more = views.length - names.length;
  return `The views are: ${names.join(', ')}${more === 0 ? '' : `, and ${more} more`}.`;
}
