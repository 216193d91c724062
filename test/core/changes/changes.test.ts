import fc from 'fast-check';
import { applyPatch, type Operation } from 'rfc6902';
import { describe, expect, it } from 'vitest';
import { listChanges } from '../../../core/changes/changes.ts';
import type { JsonObject, JsonValue } from '../../../core/values/json.ts';
import { readSample } from '../../support/fixtures.ts';
import { identifiedList, jsonObject } from '../../support/state-arbitraries.ts';

/** Lists in the shape of AWS's own, which are identified by other fields. */
const groupList = fc
  .uniqueArray(
    fc.record({
      vpcSecurityGroupId: fc.constantFrom('sg-1', 'sg-2', 'sg-3'),
      status: fc.constantFrom('a', 'b'),
    }),
    { selector: (element) => element.vpcSecurityGroupId },
  )
  .map((list) => ({ list }) as JsonObject);

const shortList = fc.array(fc.constantFrom('a', 'b', 'c', 1, null)).map((list) => ({ list }) as JsonObject);

function apply(before: JsonObject, after: JsonObject): JsonValue {
  const copy = structuredClone(before);
  const patch = listChanges(before, after).map(({ op, path, after: value }) =>
    op === 'remove' ? { op, path } : { op, path, value },
  );
  const errors = applyPatch(copy, patch as Operation[]).filter((error) => error !== null);
  expect(errors).toEqual([]);
  return copy;
}

describe('listChanges', () => {
  it('returns a JSON Patch that turns before into after', () => {
    for (const states of [jsonObject, identifiedList, groupList, shortList]) {
      fc.assert(
        fc.property(states, states, (before, after) => {
          expect(apply(before, after)).toEqual(after);
        }),
      );
    }
  });

  it('returns nothing for equal states', () => {
    fc.assert(
      fc.property(jsonObject, (state) => {
        expect(listChanges(state, structuredClone(state))).toEqual([]);
      }),
    );
  });

  it('includes the value before each change', () => {
    expect(listChanges({ a: 1, b: 2 }, { b: 3, c: 4 })).toEqual([
      { path: '/a', op: 'remove', before: 1 },
      { path: '/b', op: 'replace', before: 2, after: 3 },
      { path: '/c', op: 'add', after: 4 },
    ]);
  });

  it('reports an element inserted at the front of a list as one addition', () => {
    expect(listChanges({ list: ['b', 'c'] }, { list: ['a', 'b', 'c'] })).toEqual([
      { path: '/list/0', op: 'add', after: 'a' },
    ]);
  });

  it('matches elements by their identifying field', () => {
    const before = {
      types: [
        { type: 'server', cpu: 1 },
        { type: 'worker', cpu: 1 },
      ],
    };
    const after = { types: [{ type: 'worker', cpu: 2 }] };
    expect(listChanges(before, after)).toEqual([
      { path: '/types/0', op: 'remove', before: { type: 'server', cpu: 1 } },
      { path: '/types/0/cpu', op: 'replace', before: 1, after: 2 },
    ]);
  });

  it('reports an element without an identifying field as changed in place', () => {
    expect(listChanges({ list: [{ port: 1 }] }, { list: [{ port: 2 }] })).toEqual([
      { path: '/list/0/port', op: 'replace', before: 1, after: 2 },
    ]);
  });

  it('reports the size changes of the sample database', () => {
    const { before, after } = readSample('05').detail;
    expect(listChanges(before, after).map((change) => `${change.op} ${change.path}`)).toEqual([
      'replace /allocatedStorageGiB',
      'replace /instanceClass',
      'replace /multiAz',
      'add /vpcSecurityGroups/0/ingress/1',
    ]);
  });

  it('returns nothing if one state is absent', () => {
    expect(listChanges(undefined, { a: 1 })).toEqual([]);
    expect(listChanges({ a: 1 }, undefined)).toEqual([]);
  });
});
