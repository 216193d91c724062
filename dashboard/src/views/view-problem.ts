// Describes why a saved view could not be read or changed.
import { ApiError } from '../../../client/client.ts';
import { escapeUnsafe } from '../../../core/values/visible-text.ts';
import { describeProblem } from '../api/problem.ts';

/** Returns one or two sentences for the user. */
export function describeViewProblem(error: unknown): string {
  if (!(error instanceof ApiError)) return sentenceOf(describeProblem(error));
  const { status, code, message } = error;
  if (code === 'VIEW_CHANGED')
    return 'Someone changed this view in the meantime. The list shows the current version.';
  if (code === 'VIEW_NAME_TAKEN') return 'Another view has this name. Choose another name.';
  if (status === 404) return 'This view no longer exists.';
  if (status === 401) return sentenceOf(describeProblem(error));
  if (status === 429 || status >= 500) return 'Saved views are temporarily unavailable. Try again.';
  return `${escapeUnsafe(message.charAt(0).toUpperCase() + message.slice(1))}.`;
}

function sentenceOf({ title, advice }: ReturnType<typeof describeProblem>): string {
  return `${title}. ${advice}`;
}
