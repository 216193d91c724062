// Matches an event against a rule's pattern, as EventBridge does.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
import { LocalStackError } from '../shared/errors.ts';
import { createMatcher, type Matcher } from './operators.ts';

export type EventPattern = (event: unknown) => boolean;

/**
 * Compiles a pattern. Fails with LocalStackError when the pattern is invalid: a field is neither an object nor a list,
 * or an operator is not supported.
 */
export function compilePattern(pattern: unknown): EventPattern {
  return compileObject(pattern, []);
}

function compileObject(pattern: unknown, path: readonly string[]): EventPattern {
  if (!isObject(pattern)) {
    throw new LocalStackError(
      `event pattern: ${path.join('.') || 'the pattern'} must be an object or a list`,
    );
  }
  const tests = Object.entries(pattern).map(([name, part]): EventPattern => {
    if (name === '$or' && Array.isArray(part)) {
      const alternatives = part.map((alternative) => compileObject(alternative, path));
      return (event) => alternatives.some((matches) => matches(event));
    }
    const test = Array.isArray(part)
      ? compileLeaf(part, [...path, name])
      : compileObject(part, [...path, name]);
    return (event) => test(isObject(event) && Object.hasOwn(event, name) ? event[name] : undefined);
  });
  const matchesObject: EventPattern = (event) => tests.every((test) => test(event));
  // A list of objects matches when one of the objects matches.
  return (event) => (Array.isArray(event) ? event.some(matchesObject) : matchesObject(event));
}

function compileLeaf(alternatives: readonly unknown[], path: readonly string[]): EventPattern {
  const matchers: Matcher[] = alternatives.map((alternative) => createMatcher(alternative, path.join('.')));
  return (value) => {
    const values = Array.isArray(value) ? value : [value];
    return matchers.some((matches) =>
      values.length === 0 ? matches(undefined) : values.some((element) => matches(element)),
    );
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
