// Compares the statements of two policies by their meaning. Ignores the order of statements and list elements,
// and whether a single element is in a list.
import { canonicalJson } from '../../core/values/canonical-json.ts';
import type { Statement } from './expected-policies.ts';

/** Returns one sentence for each difference, without a period. Empty when the policies are equal. */
export function policyDifferences(expected: readonly Statement[], deployed: readonly Statement[]): string[] {
  const missing = expected.filter((one) => !deployed.some((other) => isEqual(one, other)));
  const added = deployed.filter((one) => !expected.some((other) => isEqual(one, other)));
  const differences = missing.map((one) => {
    const twin = added.find(({ Sid }) => Sid !== undefined && Sid === one.Sid);
    if (twin === undefined) return `${nameOf(one)} is missing`;
    added.splice(added.indexOf(twin), 1);
    return `${nameOf(one)} differs: ${changedParts(one, twin).join('; ')}`;
  });
  return [...differences, ...added.map((one) => `${nameOf(one)} is not in the template`)];
}

function changedParts(expected: Statement, deployed: Statement): string[] {
  const names = new Set([...Object.keys(expected), ...Object.keys(deployed)]);
  return [...names]
    .filter((name) => !isEqual(expected[name], deployed[name]))
    .map((name) => `${name} is ${show(deployed[name])}, the template has ${show(expected[name])}`);
}

/** Names a statement, such as `statement NoOtherSender`, or describes it by its content if it has no Sid. */
function nameOf(statement: Statement): string {
  if (typeof statement.Sid === 'string' && statement.Sid !== '') return `statement ${statement.Sid}`;
  return `statement ${statement.Effect} ${show(statement.Action)} to ${show(statement.Principal)}`;
}

function show(value: unknown): string {
  return value === undefined ? 'absent' : JSON.stringify(value);
}

function isEqual(one: unknown, other: unknown): boolean {
  return canonicalJson(normalize(one)) === canonicalJson(normalize(other));
}

function normalize(value: unknown): unknown {
  if (Array.isArray(value)) {
    const elements = value.map(normalize);
    return elements.length === 1
      ? elements[0]
      : elements.sort((left, right) => (canonicalJson(left) < canonicalJson(right) ? -1 : 1));
  }
  if (typeof value === 'boolean') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  // `"Principal": "*"` and `{ "AWS": "*" }` are equivalent.
  if (entries.length === 1 && entries[0]?.[0] === 'AWS' && normalize(entries[0][1]) === '*') return '*';
  return Object.fromEntries(entries.map(([key, part]) => [key, normalize(part)]));
}
