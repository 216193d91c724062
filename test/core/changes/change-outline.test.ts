import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outlineChanges } from '../../../core/changes/change-outline.ts';
import { compareStates } from '../../../core/changes/state-comparison.ts';
import { redactDetail } from '../../../core/contract/redact-detail.ts';
import type { JsonObject, JsonValue } from '../../../core/values/json.ts';
import { readSample } from '../../support/fixtures.ts';

const jsonObject = fc.dictionary(
  fc.string().filter((key) => key !== '__proto__'),
  fc.jsonValue({ depthSize: 'small' }).filter((value) => !JSON.stringify(value).includes('__proto__')),
) as fc.Arbitrary<JsonObject>;

const bytesOf = (value: unknown) => (value === undefined ? 0 : Buffer.byteLength(JSON.stringify(value)));

describe('outlineChanges', () => {
  it('lists the size changes of the sample database first, with their values', () => {
    const { before, after } = readSample('05').detail;
    const { changedPaths, highlights, changeCount } = outlineChanges(compareStates(before, after));
    expect(changeCount).toBe(4);
    expect(changedPaths[0]).toBe('/instanceClass');
    expect(highlights).toEqual([
      { path: '/instanceClass', op: 'replace', before: 'db.t4g.micro', after: 'db.t4g.medium' },
      { path: '/allocatedStorageGiB', op: 'replace', before: 20, after: 100 },
      {
        path: '/vpcSecurityGroups/sg-0a1b2c3d4e5f60718/ingress/1',
        op: 'add',
        after: { protocol: 'tcp', port: 5432, source: '10.20.0.0/16' },
      },
    ]);
  });

  it('orders changes by size, count, exposure, secrets, other short values, long values and bookkeeping', () => {
    const state = (value: string | number) => ({
      aaa: `${value}`.repeat(80),
      bbb: value,
      nested: { cpu: value, taskCount: value },
      password: `[REDACTED:${value}]`,
      publiclyAccessible: value,
      updatedAt: value,
    });
    expect(outlineChanges(compareStates(state(1), state(2))).changedPaths).toEqual([
      '/nested/taskCount',
      '/nested/cpu',
      '/publiclyAccessible',
      '/password',
      '/bbb',
      '/aaa',
      '/updatedAt',
    ]);
  });

  it('orders nested values after plain ones, and a changed order and the end of a deployment last', () => {
    const deployment = (revision: number) => ({ taskDefinition: `a:${revision}`, note: 'x' });
    const before = {
      aOrder: [1, 2],
      bNested: {},
      cNull: 1,
      dNumber: 1,
      deployments: [deployment(1)],
      eArn: 'x',
    };
    const after = {
      aOrder: [2, 1],
      bNested: [],
      cNull: null,
      dNumber: { $number: '1e400' },
      deployments: [deployment(2)],
      eArn: 'arn:aws:iam::1:role/a',
    };
    expect(outlineChanges(compareStates(before, after)).changedPaths).toEqual([
      '/cNull',
      '/dNumber',
      '/deployments/a:2',
      '/bNested',
      '/aOrder',
      '/deployments/a:1',
      '/eArn',
    ]);
  });

  it.each<[string, JsonValue]>([
    ['text', 'x'.repeat(63)],
    ['list', Array.from({ length: 40 }, () => 1)],
  ])('omits both values of a change if one is a long %s', (_case, after) => {
    const { highlights } = outlineChanges(compareStates({ cpu: 'short' }, { cpu: after }));
    expect(highlights).toEqual([{ path: '/cpu', op: 'replace' }]);
  });

  it('includes the values of three changes while they fit into 240 bytes together with the paths', () => {
    const outline = (length: number) => {
      const state = (letter: string) => ({
        a: letter.repeat(57),
        b: letter.repeat(length),
        c: letter,
        d: letter,
      });
      return outlineChanges(compareStates(state('x'), state('y')));
    };
    const sizes = (length: number) =>
      outline(length).highlights.map(({ before = '' }) => String(before).length);
    // Two paths of 2 bytes and four values of 59 bytes, quotes included, are 240 bytes.
    expect(sizes(57)).toEqual([57, 57]);
    expect(outline(57).changedPaths).toEqual(['/a', '/b']);
    expect(sizes(58)).toEqual([57, 0, 1]);
    expect(outline(58).changedPaths).toEqual(['/a', '/b', '/c', '/d']);
    expect(sizes(50)).toEqual([57, 50, 1]);
  });

  it('shows that a password was rotated without revealing it', () => {
    const { before, after } = redactDetail(readSample('06').detail);
    const { highlights } = outlineChanges(compareStates(before, after));
    expect(highlights).toEqual([
      { path: '/masterUserPassword', op: 'replace', before: '[REDACTED:2]', after: '[REDACTED:1]' },
    ]);
  });

  it('contains at most 10 paths and 240 bytes of paths and values, all from the changes', () => {
    fc.assert(
      fc.property(jsonObject, jsonObject, (before, after) => {
        const changes = compareStates(before, after);
        const { changedPaths, highlights, changeCount } = outlineChanges(changes);
        const values = highlights.flatMap((highlight) => [highlight.before, highlight.after]);
        const bytes =
          Buffer.byteLength(changedPaths.join('')) +
          values.reduce<number>((sum, value) => sum + bytesOf(value), 0);
        expect(bytes).toBeLessThanOrEqual(240);
        expect(changedPaths.length).toBeLessThanOrEqual(10);
        expect(changeCount).toBe(changes.length);
        expect(highlights.map(({ path }) => path)).toEqual(changedPaths.slice(0, highlights.length));
        for (const { path, op, ...told } of highlights) {
          const found = changes.find(({ change }) => change.path === path && change.op === op);
          expect(found?.change).toMatchObject(told);
        }
      }),
    );
  });

  it('does not allocate the full path of every change, which could exceed the memory', () => {
    const key = '~'.repeat(400_000);
    const state = (value: number) => ({
      [key]: Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`k${index}`, value])),
    });
    // The full paths would take 16 GB.
    const { changeCount, changedPaths } = outlineChanges(compareStates(state(1), state(2)));
    expect([changeCount, changedPaths]).toEqual([20_000, []]);
  });
});
