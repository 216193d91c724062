// Simulates one organization: keeps its services and resources, and generates the next action.
import { createHash } from 'node:crypto';
import { defaultRoleMap, findGrant, hasRole } from '../../core/access/role-map.ts';
import type { Actor, EventDetail, State as JsonState, Target } from '../../core/contract/event.ts';
import type { DetailType } from '../../core/contract/vocabulary.ts';
import { specVersion } from '../../core/contract/vocabulary.ts';
import { resourceName, serviceName } from './names.ts';
import type { Organization, Workspace } from './organizations.ts';
import { hexDigits, type Random } from './random.ts';
import { createResource, type ResourceState, rotateSecret, updateResource } from './resource-state.ts';
import {
  attachResource,
  createService,
  deployService,
  type ServiceState,
  updateService,
} from './service-state.ts';

/** An event as a service passes it to the emitter. */
export interface DemoEvent {
  readonly detailType: DetailType;
  readonly detail: EventDetail;
}

type State = ServiceState | ResourceState;

/** An existing service or resource, with its state after the last action. */
interface Thing {
  readonly target: Target;
  readonly workspace: Workspace;
  state: State;
}

interface Action {
  readonly verb: 'create' | 'update' | 'delete';
  readonly thing: Thing;
  readonly after: State | undefined;
  readonly actor: Actor;
  readonly reason?: string | undefined;
}

/** Below this number of things, creations are most likely. Above the upper limit, deletions are. */
const fewThings = 12;
const manyThings = 70;

const deniedShare = 0.04;
const violationShare = 0.02;

export function createWorld(random: Random, organization: Organization) {
  const things: Thing[] = [];

  function nextAction(): Action {
    const verb = random.weighted({
      create: things.length < fewThings ? 80 : things.length > manyThings ? 4 : 14,
      update: things.length === 0 ? 0 : 74,
      delete: things.length < fewThings ? 0 : things.length > manyThings ? 22 : 10,
    });
    if (verb === 'create') return create();
    const thing = random.pick(things);
    if (verb === 'delete')
      return { verb, thing, after: undefined, actor: personFor(thing, verb), reason: reason('delete') };
    return update(thing);
  }

  function create(): Action {
    const workspace = random.pick(organization.workspaces);
    const isService = random.chance(0.5);
    const state = isService
      ? createService(random, pickUnusedName(serviceName), workspace, organization.id)
      : createResource(random, random.pick(['rds', 'ec']), pickUnusedName(resourceName), workspace);
    const owner = things.find(
      (thing) => thing.target.kind === 'SERVICE' && thing.workspace === workspace && random.chance(0.5),
    );
    const target: Target = isService
      ? { kind: 'SERVICE', type: 'ecs-service', id: `svc-${random.text(6, hexDigits)}`, name: state.name }
      : {
          kind: 'RESOURCE',
          type: (state as ResourceState).type,
          id: `res-${random.text(6, hexDigits)}`,
          name: state.name,
          ...(owner && { serviceName: owner.target.name }),
        };
    const thing = { target, workspace, state };
    const actor = isService && random.chance(0.25) ? deployer() : personFor(thing, 'create');
    return { verb: 'create', thing, after: state, actor };
  }

  function update(thing: Thing): Action {
    const { target, state } = thing;
    if (target.kind === 'RESOURCE') {
      const resource = state as ResourceState;
      if (random.chance(0.25)) {
        return { verb: 'update', thing, after: rotateSecret(random, resource), actor: rotation() };
      }
      const after = updateResource(random, resource);
      return { verb: 'update', thing, after, actor: personFor(thing, 'update'), reason: reason('update') };
    }
    const service = state as ServiceState;
    if (random.chance(0.35)) {
      return { verb: 'update', thing, after: deployService(service), actor: deployer() };
    }
    const attachable = things.find(
      (one) => one.target.serviceName === target.name && !service.attachedResources.includes(one.target.name),
    );
    const after = attachable
      ? attachResource(service, attachable.target.name)
      : updateService(random, service);
    return { verb: 'update', thing, after, actor: personFor(thing, 'update'), reason: reason('update') };
  }

  /** Generates a name that is not in use. */
  function pickUnusedName(make: (random: Random) => string): string {
    for (;;) {
      const name = make(random);
      if (!things.some(({ target }) => target.name === name)) return name;
    }
  }

  const hasPermission = (actor: Actor, permission: string) =>
    findGrant(defaultRoleMap, actor.role, permission) !== undefined;

  function personFor({ target }: Thing, verb: string): Actor {
    const permission = `${target.kind.toLowerCase()}:${verb}`;
    return random.pick(organization.people.filter((actor) => hasPermission(actor, permission)));
  }

  const deployer = () =>
    random.pick(organization.pipelines.filter(({ userId }) => userId !== 'rotation-job'));
  const rotation = () =>
    random.pick(organization.pipelines.filter(({ userId }) => userId === 'rotation-job'));

  function reason(verb: 'update' | 'delete'): string | undefined {
    if (!random.chance(0.3)) return undefined;
    const why = {
      update: ['more load', 'cost review', 'incident follow-up', 'p95 latency'],
      delete: ['no longer used', 'moved'],
    };
    return `${random.pick(why[verb])}, OPS-${random.integer(1000, 9999)}`;
  }

  /** Creates the event of an action, and applies the action unless it was denied. */
  function toEvent(action: Action, occurredAtMillis: number, eventId: string): DemoEvent {
    const { verb, thing, after } = action;
    const permission = `${thing.target.kind.toLowerCase()}:${verb}`;
    const outsiders = organization.people.filter((actor) => !hasPermission(actor, permission));
    const isDenied = outsiders.length > 0 && random.chance(deniedShare);
    const isViolation = !isDenied && outsiders.length > 0 && random.chance(violationShare);
    const actor = isDenied || isViolation ? random.pick(outsiders) : delegate(action, eventId);
    const lacks = hasRole(defaultRoleMap, actor.role)
      ? `role ${actor.role} lacks ${permission}`
      : `role ${actor.role} is unknown`;
    const why = isDenied ? lacks : action.reason;
    const before = verb === 'create' ? undefined : thing.state;
    if (!isDenied) applyAction(action);
    return {
      detailType: detailTypeOf(thing.target, verb),
      detail: {
        specVersion,
        eventId,
        occurredAt: new Date(occurredAtMillis).toISOString(),
        organizationId: organization.id,
        actor,
        authorization: { permission, decision: isDenied ? 'DENIED' : 'ALLOWED' },
        accountId: thing.workspace.accountId,
        region: thing.workspace.region,
        environment: thing.workspace.environment,
        target: thing.target,
        ...(before && { before: copyOf(before) }),
        ...(after && { after: copyOf(after) }),
        requestId: `req-${random.text(6, hexDigits)}`,
        ...(why !== undefined && { reason: why }),
        ...(!isDenied && actor.type !== 'user' && linksOf(actor, thing.target, eventId)),
      },
    };
  }

  /** Every fourth update by an operator is performed by the agent. Draws no random number. */
  function delegate({ verb, actor }: Action, eventId: string): Actor {
    if (verb !== 'update' || actor.role !== 'Operator' || numberOf(eventId) % 4 !== 0) return actor;
    const { userId, name, role } = actor;
    return { ...organization.agent, type: 'agent', role, onBehalfOf: { userId, ...(name && { name }) } };
  }

  function applyAction({ verb, thing, after }: Action): void {
    if (verb === 'create') things.push(thing);
    else if (verb === 'delete') things.splice(things.indexOf(thing), 1);
    else if (after !== undefined) thing.state = after;
  }

  return {
    next: (occurredAtMillis: number, eventId: string) => toEvent(nextAction(), occurredAtMillis, eventId),
  };
}

/** The number at the end of an event ID. */
function numberOf(eventId: string): number {
  return Number(/\d+$/.exec(eventId)?.[0] ?? 0);
}

/** The pull request of a pipeline and the AWS calls, derived from the event ID. */
function linksOf(
  actor: Actor,
  { name }: Target,
  eventId: string,
): Pick<EventDetail, 'workRef' | 'awsRequestIds'> {
  const digits = createHash('sha256').update(eventId).digest('hex');
  const requestId = digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
  const pullRequest = `https://github.com/acme/${name}/pull/${1 + (numberOf(eventId) % 900)}`;
  return { ...(actor.type === 'service' && { workRef: pullRequest }), awsRequestIds: [requestId] };
}

/** A copy of the state for an event. Generated states contain only JSON values. */
function copyOf(state: State): JsonState {
  return structuredClone(state) as JsonState;
}

function detailTypeOf({ kind }: Target, verb: Action['verb']): DetailType {
  const past = { create: 'Created', update: 'Updated', delete: 'Deleted' } as const;
  return `${kind === 'SERVICE' ? 'Service' : 'Resource'} ${past[verb]}`;
}
