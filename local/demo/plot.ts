// What happens in the demonstration's story: who does what, when, to which service or resource.
import type { Actor } from '../../core/contract/event.ts';
import type { Random } from './random.ts';
import { acme, closedGroup, openGroup, type StoryState, type StoryTarget } from './story-targets.ts';

/** One thing that someone does, or tries to do. */
export interface StoryAction {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly target: StoryTarget;
  readonly verb: 'create' | 'update' | 'delete';
  readonly actor: Actor;
  /** The fields that change. */
  readonly change?: (state: StoryState, random: Random) => StoryState;
  /** Fields that changed before this action without an event. */
  readonly unlogged?: StoryState;
  readonly decision?: 'DENIED';
  readonly reason?: string;
  readonly workRef?: string;
  /** Time from the action to its entry, if the event was held up. */
  readonly delayMillis?: number;
}

const minuteMillis = 60_000;
const dayMillis = 24 * 60 * minuteMillis;

function actorOf(userId: string): Actor {
  const actor = [...(acme?.people ?? []), ...(acme?.pipelines ?? [])].find((one) => one.userId === userId);
  if (actor === undefined)
    throw new Error(`the organization acme of the demonstration has no user ${userId}`);
  return actor;
}

const ben = actorOf('u-2077');
const mei = actorOf('u-5120');
const sofia = actorOf('u-5188');
const auditor = actorOf('u-4001');
const contractor = actorOf('u-6007');
const pipeline = actorOf('pipeline-checkout');
const rotation = actorOf('rotation-job');

/** What happens between two times, epoch milliseconds, in any order. */
export function plotActions(until: number, from: number): StoryAction[] {
  const today = Math.floor(until / dayMillis) * dayMillis;
  /** A time of day, UTC, a number of days before the last one. */
  const at = (daysAgo: number, time: string) =>
    today - daysAgo * dayMillis + Date.parse(`1970-01-01T${time}Z`);
  return [
    ...beginnings(at),
    ...weeklyRhythm(from, until),
    ...incident(at, lastWorkday(today)),
    ...deniedAttempts(at),
    ...otherLives(at),
    ...heldUpEvents(at),
    // Recent enough to take the same path as a service's event.
    { at: until - 2 * minuteMillis, target: 'api', verb: 'update', actor: pipeline, change: deploy },
  ];
}

type Clock = (daysAgo: number, time: string) => number;

function beginnings(at: Clock): StoryAction[] {
  return (['api', 'database', 'sessions', 'ledger', 'batch'] as const).map((target, index) => ({
    at: at(29, `23:1${index}:00`),
    target,
    verb: 'create' as const,
    actor: mei,
    reason: 'payments go live, OPS-4400',
  }));
}

/** Releases on Tuesdays and Thursdays, scaling of the test environment on workdays, a rotation on Sundays. */
function weeklyRhythm(from: number, until: number): StoryAction[] {
  const actions: StoryAction[] = [];
  const firstDay = Math.ceil(from / dayMillis) * dayMillis + dayMillis;
  for (let day = firstDay; day < until; day += dayMillis) {
    const weekday = new Date(day).getUTCDay();
    if (weekday === 0) {
      actions.push({
        at: day + 3 * 60 * minuteMillis,
        target: 'database',
        verb: 'update',
        actor: rotation,
        change: rotatePassword,
        reason: 'weekly rotation',
      });
    }
    if (weekday === 0 || weekday === 6) continue;
    if (weekday === 2 || weekday === 4) {
      actions.push({
        at: day + 570 * minuteMillis,
        target: 'api',
        verb: 'update',
        actor: pipeline,
        change: deploy,
      });
    }
    for (const [minute, taskCount] of [
      [6 * 60, 6],
      [20 * 60, 1],
    ] as const) {
      actions.push({
        at: day + minute * minuteMillis,
        target: 'batch',
        verb: 'update',
        actor: scaler,
        change: scaleTo(taskCount),
        reason: taskCount === 1 ? 'scale in for the night' : 'scale out for the day',
      });
    }
  }
  return actions;
}

const scaler: Actor = {
  userId: 'agent-capacity',
  name: 'capacity agent',
  type: 'agent',
  role: 'Operator',
  onBehalfOf: { userId: sofia.userId, ...(sofia.name && { name: sofia.name }) },
};

/** The days from the last one to the last Monday to Friday before it. */
function lastWorkday(today: number): number {
  const isWeekend = (daysAgo: number) => [0, 6].includes(new Date(today - daysAgo * dayMillis).getUTCDay());
  return [1, 2, 3].find((daysAgo) => !isWeekend(daysAgo)) ?? 1;
}

/** A database is opened to the internet and a health check is mistyped; both are found and fixed within two hours. */
function incident(at: Clock, daysAgo: number): StoryAction[] {
  const reason = 'INC-2031: payments database reachable from the internet';
  return [
    {
      at: at(daysAgo, '13:42:08'),
      target: 'database',
      verb: 'update',
      actor: ben,
      change: () => ({ publiclyAccessible: true, vpcSecurityGroups: [openGroup] }),
      reason: 'temporary access for a data check, OPS-4711',
    },
    {
      at: at(daysAgo, '13:47:31'),
      target: 'api',
      verb: 'update',
      actor: ben,
      change: (state) => ({ ...deploy(state), ...setHealthCheck(state, '/pign') }),
      reason: 'health check for the data check, OPS-4711',
    },
    {
      at: at(daysAgo, '14:20:45'),
      target: 'database',
      verb: 'update',
      actor: auditor,
      decision: 'DENIED',
      change: () => ({ publiclyAccessible: false }),
      reason: 'role Auditor lacks resource:update',
    },
    {
      at: at(daysAgo, '14:31:12'),
      target: 'database',
      verb: 'update',
      actor: mei,
      change: () => ({ publiclyAccessible: false, vpcSecurityGroups: [closedGroup] }),
      reason,
      workRef: 'INC-2031',
    },
    {
      at: at(daysAgo, '14:36:50'),
      target: 'api',
      verb: 'update',
      actor: mei,
      change: (state) => ({ ...deploy(state), ...setHealthCheck(state, '/ping') }),
      reason: 'INC-2031: tasks restart since 13:47',
      workRef: 'INC-2031',
    },
    {
      at: at(daysAgo, '15:10:03'),
      target: 'database',
      verb: 'update',
      actor: rotation,
      change: rotatePassword,
      reason,
      workRef: 'INC-2031',
    },
  ];
}

/** Two nights on which a contractor, whose role the role map does not have, tries to change production. */
function deniedAttempts(at: Clock): StoryAction[] {
  const denied = { actor: contractor, decision: 'DENIED', reason: 'role Contractor is unknown' } as const;
  return [9, 8].flatMap((daysAgo) => [
    ...['21:58:14', '21:58:40', '21:59:22', '22:04:09', '22:17:55', '22:31:02'].map((time) => ({
      ...denied,
      at: at(daysAgo, time),
      target: 'ledger' as const,
      verb: 'update' as const,
      change: () => ({ backupRetentionDays: 1 }),
    })),
    { ...denied, at: at(daysAgo, '22:40:30'), target: 'ledger' as const, verb: 'delete' as const },
    {
      ...denied,
      at: at(daysAgo, '22:41:10'),
      target: 'api' as const,
      verb: 'update' as const,
      change: (state: StoryState) => setVariable(state, 'LOG_LEVEL', 'debug'),
    },
  ]);
}

/** A cache gets another name, a database is deleted and created again, and another changes without an event. */
function otherLives(at: Clock): StoryAction[] {
  return [
    {
      at: at(21, '10:15:00'),
      target: 'sessions',
      verb: 'update',
      actor: sofia,
      change: () => ({ name: 'logins-c' }),
      reason: 'name of the new team, OPS-4512',
    },
    {
      at: at(14, '11:05:00'),
      target: 'sessions',
      verb: 'update',
      actor: sofia,
      change: () => ({ numCacheNodes: 2 }),
    },
    { at: at(25, '09:00:00'), target: 'trial', verb: 'create', actor: ben },
    { at: at(18, '16:30:00'), target: 'trial', verb: 'delete', actor: mei, reason: 'trial ended' },
    {
      at: at(12, '09:20:00'),
      target: 'trial',
      verb: 'create',
      actor: ben,
      change: () => ({ instanceClass: 'db.t4g.medium' }),
      reason: 'second trial',
    },
    {
      at: at(24, '13:00:00'),
      target: 'ledger',
      verb: 'update',
      actor: mei,
      change: () => ({ allocatedStorageGiB: 100 }),
    },
    {
      at: at(6, '08:45:00'),
      target: 'ledger',
      verb: 'update',
      actor: mei,
      unlogged: { allocatedStorageGiB: 200, backupRetentionDays: 7 },
      change: () => ({ multiAz: false }),
      reason: 'cost review, OPS-4690',
    },
  ];
}

/** Events that a service could not send for 40 minutes. */
function heldUpEvents(at: Clock): StoryAction[] {
  return [0, 4, 9].map((minutes) => ({
    at: at(4, '17:20:00') + minutes * minuteMillis,
    target: 'batch' as const,
    verb: 'update' as const,
    actor: sofia,
    change: scaleTo(8 + minutes),
    reason: 'load test',
    delayMillis: (40 - minutes) * minuteMillis,
  }));
}

function rotatePassword(_: StoryState, random: Random): StoryState {
  return { masterUserPassword: random.text(20) };
}

function deploy(state: StoryState): StoryState {
  const ecs = state.ecs as { readonly taskDefinition: string };
  const taskDefinition = ecs.taskDefinition.replace(/\d+$/, (revision) => String(Number(revision) + 1));
  return { ecs: { ...ecs, taskDefinition } };
}

function setVariable(state: StoryState, name: string, value: string): StoryState {
  return { environmentVariables: { ...(state.environmentVariables as StoryState), [name]: value } };
}

function setHealthCheck(state: StoryState, healthCheck: string): StoryState {
  return changeTypes(state, { healthCheck });
}

function scaleTo(taskCount: number) {
  return (state: StoryState): StoryState => changeTypes(state, { taskCount });
}

function changeTypes(state: StoryState, change: StoryState): StoryState {
  return {
    serviceTypes: (state.serviceTypes as readonly StoryState[]).map((type) => ({ ...type, ...change })),
  };
}
