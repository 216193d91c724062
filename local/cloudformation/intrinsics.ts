// Resolves CloudFormation's intrinsic functions. Knows no resource types: the scope has the values of references and
// attributes.
import { LocalStackError } from '../shared/errors.ts';

/** Lookups for intrinsic functions. Each fails with LocalStackError when the name is unknown. */
export interface Scope {
  reference(name: string): unknown;
  attribute(logicalId: string, name: string): unknown;
  condition(name: string): boolean;
  mapping(map: string, first: string, second: string): unknown;
}

/** The value of `AWS::NoValue`. A property or list element with this value is removed. */
export const noValue = Symbol('AWS::NoValue');

type Arguments = { readonly value: unknown; readonly scope: Scope };

const functions: Readonly<Record<string, (call: Arguments) => unknown>> = {
  Ref: ({ value, scope }) => scope.reference(asString(value, 'Ref')),
  'Fn::GetAtt': ({ value, scope }) => {
    const [logicalId, ...rest] = typeof value === 'string' ? value.split('.') : asList(value, 'Fn::GetAtt');
    const attribute = rest.map((part) => asString(resolveIntrinsics(part, scope), 'Fn::GetAtt')).join('.');
    return scope.attribute(asString(logicalId, 'Fn::GetAtt'), attribute);
  },
  'Fn::Join': ({ value, scope }) => {
    const [separator, parts] = asList(value, 'Fn::Join');
    return asList(resolveIntrinsics(parts, scope), 'Fn::Join')
      .map((part) => asText(part, 'Fn::Join'))
      .join(asString(separator, 'Fn::Join'));
  },
  'Fn::Sub': ({ value, scope }) => {
    const [text, variables] = typeof value === 'string' ? [value, {}] : asList(value, 'Fn::Sub');
    const own = resolveIntrinsics(variables ?? {}, scope) as Record<string, unknown>;
    return asString(text, 'Fn::Sub').replace(/\$\{(!?)([^}]*)\}/g, (_, literal: string, name: string) => {
      if (literal !== '') return `\${${name}}`;
      if (Object.hasOwn(own, name)) return asText(own[name], 'Fn::Sub');
      const [logicalId = '', ...rest] = name.trim().split('.');
      const found = rest.length > 0 ? scope.attribute(logicalId, rest.join('.')) : scope.reference(logicalId);
      return asText(found, 'Fn::Sub');
    });
  },
  'Fn::Select': ({ value, scope }) => {
    const [index, list] = asList(value, 'Fn::Select');
    const elements = asList(resolveIntrinsics(list, scope), 'Fn::Select');
    const found = elements[Number(resolveIntrinsics(index, scope))];
    if (found === undefined) throw new LocalStackError(`Fn::Select has no element ${String(index)}`);
    return found;
  },
  'Fn::Split': ({ value, scope }) => {
    const [separator, text] = asList(value, 'Fn::Split');
    return asText(resolveIntrinsics(text, scope), 'Fn::Split').split(asString(separator, 'Fn::Split'));
  },
  'Fn::If': ({ value, scope }) => {
    const [condition, whenTrue, whenFalse] = asList(value, 'Fn::If');
    return resolveIntrinsics(scope.condition(asString(condition, 'Fn::If')) ? whenTrue : whenFalse, scope);
  },
  'Fn::FindInMap': ({ value, scope }) => {
    const [map, first, second] = asList(resolveIntrinsics(value, scope), 'Fn::FindInMap');
    return scope.mapping(
      asString(map, 'Fn::FindInMap'),
      asString(first, 'Fn::FindInMap'),
      asString(second, 'Fn::FindInMap'),
    );
  },
  'Fn::Base64': ({ value, scope }) =>
    Buffer.from(asText(resolveIntrinsics(value, scope), 'Fn::Base64')).toString('base64'),
};

/**
 * Replaces every intrinsic function by its value. Fails with LocalStackError and names the function or reference that
 * cannot be resolved.
 */
export function resolveIntrinsics(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) {
    return value.map((element) => resolveIntrinsics(element, scope)).filter((element) => element !== noValue);
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const only = entries.length === 1 ? entries[0] : undefined;
  if (only !== undefined && (only[0] === 'Ref' || only[0].startsWith('Fn::'))) {
    const call = functions[only[0]];
    if (call === undefined) {
      throw new LocalStackError(
        `the local stack does not support ${only[0]}; it supports ${Object.keys(functions).join(', ')}`,
      );
    }
    return call({ value: only[1], scope });
  }
  return Object.fromEntries(
    entries
      .map(([key, element]) => [key, resolveIntrinsics(element, scope)] as const)
      .filter(([, element]) => element !== noValue),
  );
}

/** Evaluates one of the template's `Conditions`. */
export function evaluateCondition(value: unknown, scope: Scope): boolean {
  const [name, operand] = Object.entries((value ?? {}) as Record<string, unknown>)[0] ?? [];
  switch (name) {
    case 'Condition':
      return scope.condition(asString(operand, name));
    case 'Fn::Equals': {
      const [left, right] = asList(resolveIntrinsics(operand, scope), name);
      return String(left) === String(right);
    }
    case 'Fn::Not':
      return !evaluateCondition(asList(operand, name)[0], scope);
    case 'Fn::And':
      return asList(operand, name).every((part) => evaluateCondition(part, scope));
    case 'Fn::Or':
      return asList(operand, name).some((part) => evaluateCondition(part, scope));
    default:
      throw new LocalStackError(
        `the local stack does not support the condition ${name ?? JSON.stringify(value)}`,
      );
  }
}

function asString(value: unknown, name: string): string {
  if (typeof value === 'string') return value;
  throw new LocalStackError(`${name} requires a string; got ${JSON.stringify(value)}`);
}

function asText(value: unknown, name: string): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return String(value);
  throw new LocalStackError(`${name} requires text; got ${JSON.stringify(value)}`);
}

function asList(value: unknown, name: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw new LocalStackError(`${name} requires a list; got ${JSON.stringify(value)}`);
}
