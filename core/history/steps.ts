// Defines the steps of a history: what the timeline, the continuity check and the state at a moment work on.
import type { ListItem } from '../entry/entry.ts';
import type { JsonObject } from '../values/json.ts';

/** An action that was done, with its states. */
export interface DoneStep {
  readonly item: ListItem;
  readonly before?: JsonObject | undefined;
  readonly after?: JsonObject | undefined;
  /** Why the states are absent, although the entry exists. */
  readonly problem?: 'UNREADABLE' | 'ALTERED' | undefined;
}

/** An attempt that was denied. It never counts as a state. */
export interface DeniedStep {
  readonly item: ListItem;
  readonly isDenied: true;
}

/** One entry of a target. */
export type Step = DoneStep | DeniedStep;

/** Whether the service denied the attempt of this entry. */
export function isDenial({ decision }: Pick<ListItem, 'decision'>): boolean {
  return decision === 'DENIED';
}

/** Whether the step was done. */
export function isDone(step: Step): step is DoneStep {
  return !('isDenied' in step);
}
