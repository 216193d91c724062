// The part of the demonstration data with a plot, in the organization acme: a weekly rhythm, an incident and its fix, a
// contractor whose attempts are denied, a rename, a recreated database, a change without an entry, and late events.
import type { Target } from '../../core/contract/event.ts';
import { specVersion } from '../../core/contract/vocabulary.ts';
import { plotActions, type StoryAction } from './plot.ts';
import { createRandom, hexDigits, type Random } from './random.ts';
import { type StoryState, storyTargets } from './story-targets.ts';
import type { DemoEvent } from './world.ts';

/** An event, and when the recorder received it. */
export interface TimedEvent {
  readonly event: DemoEvent;
  /** Epoch milliseconds. */
  readonly recordedAtMillis: number;
}

/** The usual time from an action to its entry. */
const usualDelayMillis = 2_000;

const rangeMillis = 30 * 24 * 60 * 60 * 1000;

/**
 * Returns the events of the 30 days before `until`, epoch milliseconds, in the order in which they were recorded. The
 * same seed and `until` give the same events.
 */
export function tellStory(seed: number, until: number): TimedEvent[] {
  const random = createRandom(seed);
  const targets = storyTargets(random);
  const states = new Map<string, StoryState>();
  const renamed = new Map<string, string>();
  return plotActions(until, until - rangeMillis)
    .filter(({ at }) => at >= until - rangeMillis && at <= until)
    .sort((left, right) => left.at - right.at)
    .map((action, index) => {
      const { target: initial, workspace, create } = targets[action.target];
      const before = action.verb === 'create' ? undefined : withGap(states.get(action.target), action);
      const after = action.verb === 'delete' ? undefined : changeState(before ?? create(), action, random);
      if (action.decision !== 'DENIED' && after !== undefined) states.set(action.target, after);
      if (after !== undefined && action.decision !== 'DENIED') renamed.set(action.target, String(after.name));
      const target = { ...initial, name: renamed.get(action.target) ?? initial.name };
      const event: DemoEvent = {
        detailType: `${target.kind === 'SERVICE' ? 'Service' : 'Resource'} ${pastForms[action.verb]}`,
        detail: {
          specVersion,
          eventId: `demo-story-${String(index + 1).padStart(4, '0')}`,
          occurredAt: new Date(action.at).toISOString(),
          organizationId: 'acme',
          actor: action.actor,
          authorization: {
            permission: permissionOf(target, action),
            decision: action.decision ?? 'ALLOWED',
          },
          accountId: workspace.accountId,
          region: workspace.region,
          environment: workspace.environment,
          target,
          ...(before !== undefined && { before: structuredClone(before) as DemoEvent['detail']['before'] }),
          ...(after !== undefined && { after: structuredClone(after) as DemoEvent['detail']['after'] }),
          requestId: `req-${random.text(6, hexDigits)}`,
          ...(action.reason !== undefined && { reason: action.reason }),
          ...(action.workRef !== undefined && { workRef: action.workRef }),
        },
      };
      return { event, recordedAtMillis: action.at + (action.delayMillis ?? usualDelayMillis) };
    })
    .sort((left, right) => left.recordedAtMillis - right.recordedAtMillis);
}

const pastForms = { create: 'Created', update: 'Updated', delete: 'Deleted' } as const;

function permissionOf({ kind }: Target, { verb }: StoryAction): string {
  return `${kind.toLowerCase()}:${verb}`;
}

/** The state before the action, with what changed since the last event and was not logged. */
function withGap(state: StoryState | undefined, { unlogged }: StoryAction): StoryState | undefined {
  return state && { ...state, ...unlogged };
}

function changeState(state: StoryState, { change }: StoryAction, random: Random): StoryState {
  return change === undefined ? state : { ...state, ...change(state, random) };
}
