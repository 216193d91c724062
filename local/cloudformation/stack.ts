// Loads a template: generates resource names, resolves references, and validates all properties. Starts nothing.
import { createHash } from 'node:crypto';
import { LocalStackError } from '../shared/errors.ts';
import { evaluateCondition, noValue, resolveIntrinsics, type Scope } from './intrinsics.ts';
import { acceptedTypes } from './kinds/accepted.ts';
import { knownKinds } from './kinds/index.ts';
import type { Identity, Naming, Resource, ResourceKind } from './kinds/resource-kind.ts';
import type { Template } from './template.ts';

export interface StackOptions {
  readonly stackName: string;
  readonly accountId: string;
  readonly region: string;
  readonly gatewayUrl: string;
}

export interface Stack extends StackOptions {
  /** All resources of a kind, in template order. */
  resources<Kind extends ResourceKind>(kind: Kind): Resource<PropertiesOf<Kind>>[];
  /** Features in the template that the local stack does not emulate, one sentence each. */
  readonly notEmulated: readonly string[];
}

type PropertiesOf<Kind extends ResourceKind> = Kind['properties']['_zod']['output'];

/**
 * Loads the template. Fails with LocalStackError and names the resource when a type, property, reference, or function
 * is not supported, because nothing in a template may be ignored silently.
 */
export function loadStack(template: Template, options: StackOptions): Stack {
  const scope = templateScope(template, options);
  const notEmulated = new Map<string, string[]>();
  const resources = Object.entries(template.Resources)
    .filter(([, { Condition }]) => Condition === undefined || scope.condition(Condition))
    .map(([logicalId, { Type, Properties }]): Resource => {
      const kind = kindOf(Type, logicalId);
      const where = `resource ${logicalId} (${Type})`;
      const properties = withContext(where, () => resolveIntrinsics(Properties ?? {}, scope));
      const accepted = Object.keys(kind.accepted);
      const known = Object.fromEntries(
        Object.entries(properties as object).filter(([name]) => !accepted.includes(name)),
      );
      for (const name of accepted) {
        const reason = kind.accepted[name];
        if (name in (properties as object) && reason !== undefined && !unreportedReasons.has(reason)) {
          note(notEmulated, `${Type} ${name}: ${reason}`, logicalId);
        }
      }
      const reason = acceptedTypes.find((type) => type.kind.type === Type)?.reason;
      if (reason !== undefined) note(notEmulated, `${Type}: ${reason}`, logicalId);
      return {
        logicalId,
        type: Type,
        ...scope.identity(logicalId),
        properties: parseProperties(kind, known, where),
      };
    });
  return {
    ...options,
    resources: (kind) => resources.filter((resource) => resource.type === kind.type) as never,
    notEmulated: [...notEmulated].map(([sentence, ids]) =>
      ids.length === 1 ? `${sentence} (${ids[0]})` : `${sentence} (${ids.length} resources)`,
    ),
  };
}

/** Reasons that are not reported, because these properties have no effect on one machine anyway. */
const unreportedReasons = new Set(['description', 'tags']);

function note(notes: Map<string, string[]>, sentence: string, logicalId: string): void {
  notes.set(sentence, [...(notes.get(sentence) ?? []), logicalId]);
}

function kindOf(type: string, logicalId: string): ResourceKind {
  const kind = knownKinds.get(type);
  if (kind !== undefined) return kind;
  throw new LocalStackError(
    `resource ${logicalId} has the type ${type}, which the local stack does not support; it supports ${[...knownKinds.keys()].join(', ')}`,
  );
}

function parseProperties(kind: ResourceKind, properties: unknown, where: string): Record<string, unknown> {
  const parsed = kind.properties.safeParse(properties);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = issue?.path.join('.') ?? '';
  if (issue?.code === 'unrecognized_keys') {
    const names = issue.keys.map((key) => (path === '' ? key : `${path}.${key}`)).join(', ');
    const supported = [...Object.keys(kind.properties.shape), ...Object.keys(kind.accepted)].join(', ');
    throw new LocalStackError(
      `${where} has ${names}, which the local stack does not support${path === '' ? `; it supports ${supported}` : ''}`,
    );
  }
  throw new LocalStackError(`${where}: ${path === '' ? '' : `${path}: `}${issue?.message}`);
}

function templateScope(template: Template, options: StackOptions) {
  const identities = new Map<string, Identity>();
  const resolving = new Set<string>();
  const pseudo: Readonly<Record<string, unknown>> = {
    'AWS::AccountId': options.accountId,
    'AWS::Region': options.region,
    'AWS::StackName': options.stackName,
    'AWS::StackId': `arn:aws:cloudformation:${options.region}:${options.accountId}:stack/${options.stackName}/local`,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::NotificationARNs': [],
    'AWS::NoValue': noValue,
  };

  function identity(logicalId: string): Identity {
    const known = identities.get(logicalId);
    if (known !== undefined) return known;
    const resource = template.Resources[logicalId];
    if (resource === undefined)
      throw new LocalStackError(`the template refers to ${logicalId}, which does not exist`);
    if (resolving.has(logicalId)) throw new LocalStackError(`the name of ${logicalId} depends on itself`);
    resolving.add(logicalId);
    const digest = createHash('sha256').update(`${options.stackName}/${logicalId}`).digest('hex');
    const naming: Naming = {
      logicalId,
      ...options,
      property: (name) => {
        const value = resolveIntrinsics(resource.Properties?.[name], scope);
        return typeof value === 'string' ? value : undefined;
      },
      generatedName: (maxLength) => {
        const name = `${options.stackName}-${logicalId}`;
        return name.length <= maxLength ? name : `${name.slice(0, maxLength - 9)}-${digest.slice(0, 8)}`;
      },
      generatedId: (digits) => digest.slice(0, digits),
    };
    const found = kindOf(resource.Type, logicalId).identify(naming);
    resolving.delete(logicalId);
    identities.set(logicalId, found);
    return found;
  }

  const scope: Scope & { identity: typeof identity } = {
    identity,
    reference: (name) => {
      if (name in pseudo) return pseudo[name];
      const parameter = template.Parameters?.[name];
      if (parameter === undefined) return identity(name).ref;
      if (parameter.Default === undefined) throw new LocalStackError(`parameter ${name} has no default`);
      return parameter.Default;
    },
    attribute: (logicalId, name) => {
      const { attributes } = identity(logicalId);
      if (attributes[name] !== undefined) return attributes[name];
      throw new LocalStackError(
        `the template refers to ${logicalId}.${name}; the local stack supports ${Object.keys(attributes).join(', ') || 'no attributes of this resource'}`,
      );
    },
    condition: (name) => {
      const condition = template.Conditions?.[name];
      if (condition === undefined) throw new LocalStackError(`the template has no condition ${name}`);
      return evaluateCondition(condition, scope);
    },
    mapping: (map, first, second) => {
      const value = template.Mappings?.[map]?.[first]?.[second];
      if (value === undefined) throw new LocalStackError(`no mapping ${map}.${first}.${second}`);
      return value;
    },
  };
  return scope;
}

function withContext<Result>(where: string, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    if (error instanceof LocalStackError)
      throw new LocalStackError(`${where}: ${error.message}`, { cause: error });
    throw error;
  }
}
