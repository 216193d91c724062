import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outlineChanges } from '../../../core/changes/change-outline.ts';
import { summarizeChanges } from '../../../core/changes/change-summary.ts';
import { compareStates } from '../../../core/changes/state-comparison.ts';
import type { JsonObject, JsonValue } from '../../../core/values/json.ts';

const differences = (before: JsonValue, after: JsonValue) =>
  compareStates(before, after).map(({ change }) => change);

/** Returns the summary in the list, with enough space for every change. */
const summaryOf = (before: JsonObject, after: JsonObject, maxLength = 200) =>
  summarizeChanges(outlineChanges(compareStates(before, after)), maxLength);

const jsonObject = fc.dictionary(
  fc.string().filter((key) => key !== '__proto__'),
  fc.jsonValue({ depthSize: 'small' }).filter((value) => !JSON.stringify(value).includes('__proto__')),
) as fc.Arbitrary<JsonObject>;

const rule = fc.record({
  protocol: fc.constantFrom('tcp', 'udp'),
  port: fc.constantFrom(22, 443, 5432),
  source: fc.constantFrom('sg-app', '10.0.0.0/8', '0.0.0.0/0'),
});
const rules = fc.array(rule, { maxLength: 6 }).map((list) => ({ list }) as JsonObject);
const named = fc
  .uniqueArray(fc.record({ name: fc.constantFrom('a', 'b', 'c', 'd'), value: fc.constantFrom('1', '2') }), {
    selector: ({ name }) => name,
  })
  .map((list) => ({ list }) as JsonObject);
const scalars = fc.array(fc.constantFrom('a', 'b', 'c', 1, null)).map((list) => ({ list }) as JsonObject);

describe('compareStates', () => {
  it.each([
    ['any states', jsonObject],
    ['lists of rules', rules],
    ['named values', named],
    ['lists of plain values', scalars],
  ])('returns differences if and only if the states differ: %s', (_case, states) => {
    fc.assert(
      fc.property(states, states, (before, after) => {
        expect(differences(before, structuredClone(before))).toEqual([]);
        const isEqual = JSON.stringify(sortKeys(before)) === JSON.stringify(sortKeys(after));
        expect(differences(before, after).length === 0).toBe(isEqual);
      }),
    );
  });

  it.each([
    ['rules', rules],
    ['named values', named],
    ['plain values', scalars],
  ])('reports a changed order as one difference: %s', (_case, states) => {
    const shuffled = states.chain((before) => {
      const list = before.list as JsonValue[];
      return fc.tuple(
        fc.constant(before),
        fc.shuffledSubarray(list, { minLength: list.length }).map((other) => ({ list: other })),
      );
    });
    fc.assert(
      fc.property(shuffled, ([before, after]) => {
        const isMoved = JSON.stringify(before) !== JSON.stringify(after);
        expect(differences(before, after)).toEqual(isMoved ? [{ path: '/list', op: 'reorder' }] : []);
      }),
    );
  });

  it.each<[string, string[]]>([
    ['vpcSecurityGroupId', ['sg-1', 'sg-2']],
    [
      'targetGroupArn',
      ['arn:aws:elb:eu-west-1:1:targetgroup/a/1', 'arn:aws:elb:eu-west-1:1:targetgroup/b/2'],
    ],
    ['parameterName', ['max_connections', 'work_mem']],
    ['SubnetIdentifier', ['subnet-1', 'subnet-2']],
  ])('matches elements by %s', (field, [one = '', other = '']) => {
    const element = (id: string, status: string) => ({ [field]: id, status });
    const before = { list: [element(one, 'active'), element(other, 'active')] };
    const after = { list: [element(other, 'removing')] };
    const names = [one, other].map((id) => id.replace(/^arn.*targetgroup\//, ''));
    expect(differences(before, after)).toEqual([
      { path: `/list/${names[0]?.replaceAll('/', '~1')}`, op: 'remove', before: element(one, 'active') },
      {
        path: `/list/${names[1]?.replaceAll('/', '~1')}/status`,
        op: 'replace',
        before: 'active',
        after: 'removing',
      },
    ]);
  });

  it('compares JSON inside a string, and reports changed formatting', () => {
    const definitions = (image: string) => JSON.stringify([{ name: 'app', image, cpu: 256 }]);
    expect(differences({ text: definitions('repo:1') }, { text: definitions('repo:2') })).toEqual([
      { path: '/text/app/image', op: 'replace', before: 'repo:1', after: 'repo:2' },
    ]);
    expect(differences({ text: '{"a":1}' }, { text: '{ "a": 1 }' })).toEqual([
      { path: '/text', op: 'replace', before: '{"a":1}', after: '{ "a": 1 }' },
    ]);
  });

  it('compares numbers inside a JSON string as they are written', () => {
    const text = (id: string, size: number) => ({
      text: `{"id": ${id}, "note": "12345678901234567890", "size": ${size}}`,
    });
    expect(differences(text('12345678901234567890', 1), text('12345678901234567891', 2))).toEqual([
      {
        path: '/text/id',
        op: 'replace',
        before: { $number: '12345678901234567890' },
        after: { $number: '12345678901234567891' },
      },
      { path: '/text/size', op: 'replace', before: 1, after: 2 },
    ]);
    expect(differences(text('1e400', 1), text('10e399', 2))).toEqual([
      { path: '/text/size', op: 'replace', before: 1, after: 2 },
    ]);
  });

  it('compares JSON with a key twice as text, because only one of the values would be compared', () => {
    const before = '{"Effect":"Deny","Action":"s3:GetObject"}';
    const after = '{"Effect":"Allow","Effect":"Deny","Action":"s3:*"}';
    expect(differences({ policy: before }, { policy: after })).toEqual([
      { path: '/policy', op: 'replace', before, after },
    ]);
    const colons = (action: string) => JSON.stringify({ 'a:b': 'c:"d":e', '\\":': [{ action }] });
    expect(differences({ policy: colons('read') }, { policy: colons('write') })).toHaveLength(1);
    expect(differences({ policy: colons('read') }, { policy: colons('write') })[0]?.path).toContain('action');
  });

  it('does not fail for deep and nested JSON in strings', () => {
    const deep = (end: string) => `${'['.repeat(100_000)}${end}${']'.repeat(100_000)}`;
    expect(differences({ text: deep('1') }, { text: deep('2') })).toHaveLength(1);
    const nested = (value: number): string =>
      Array.from({ length: 6 }).reduce<string>((text) => JSON.stringify({ text }), JSON.stringify({ value }));
    expect(differences({ text: nested(1) }, { text: nested(2) })).toHaveLength(1);
  });
});

describe('summaries of changes', () => {
  it('start with changes that open access to everyone', () => {
    const ingress = (...list: JsonValue[]) => ({ ingress: list, instanceClass: `db.${list.length}` });
    const from = (port: number, source: string) => ({ protocol: 'tcp', port, source });
    expect(
      summaryOf(ingress(from(5432, 'sg-app'), from(22, '10.0.0.0/8')), ingress(from(5432, '0.0.0.0/0')), 10),
    ).toBe('ingress[0].source: sg-app → "0.0.0.0/0", +2');
  });

  it('show opened access inside a long value, and a target that becomes public', () => {
    const group = (source: string) => ({
      groupId: 'sg-1',
      ingress: [{ protocol: 'tcp', port: 5432, source, description: 'x'.repeat(80) }],
    });
    expect(summaryOf({ cpu: 1, groups: [] }, { cpu: 2, groups: [group('0.0.0.0/0')] }, 10)).toBe(
      'groups["sg-1"].ingress[0].source: added "0.0.0.0/0", +1'.replace('["sg-1"]', '.sg-1'),
    );
    expect(summaryOf({ cpu: 1, public: false }, { cpu: 2, public: true }, 10)).toBe(
      'public: false → true, +1',
    );
    expect(summaryOf({ cpu: 1, from: '0.0.0.0/0' }, { cpu: 2, from: 'sg-1' }, 10)).toBe('cpu: 1 → 2, +1');
  });

  it.each<[string, JsonValue, JsonValue]>([
    ['publiclyAccessible', false, true],
    ['assignPublicIp', 'DISABLED', 'ENABLED'],
    ['mapPublicIpOnLaunch', 'false', 'true'],
    ['scheme', 'internal', 'internet-facing'],
    ['blockPublicAcls', true, false],
    ['RestrictPublicBuckets', true, false],
    ['cidrIpv6', 'fd00::/8', '::/0'],
  ])('show %s first if it opens access, and not if it closes it', (field, closed, open) => {
    const first = (before: JsonValue, after: JsonValue) =>
      outlineChanges(
        compareStates({ instanceClass: 'a', [field]: before }, { instanceClass: 'b', [field]: after }),
      ).changedPaths[0];
    expect([first(closed, open), first(open, closed)]).toEqual([`/${field}`, '/instanceClass']);
  });

  it('show the removal of a block of public access first', () => {
    const before = { instanceClass: 'a', blockPublicPolicy: true };
    expect(summaryOf(before, { instanceClass: 'b' }, 10)).toBe('blockPublicPolicy: removed true, +1');
    expect(summaryOf({ instanceClass: 'b' }, before, 10)).toBe('instanceClass: b → a, +1');
  });

  it('name the container whose image changed, at any position in the list', () => {
    const [app, sidecar] = [
      { name: 'app', image: 'a:1' },
      { name: 'sidecar', image: 'b:1' },
    ];
    expect(
      summaryOf({ containers: [app, sidecar] }, { containers: [sidecar, { ...app, image: 'a:2' }] }),
    ).toBe('containers.app.image: a:1 → a:2');
  });

  it.each<[string, JsonValue[]]>([
    ['security groups', [{ vpcSecurityGroupId: 'sg-1' }, { vpcSecurityGroupId: 'sg-2' }]],
    ['subnets', ['subnet-1', 'subnet-2']],
    [
      'variables',
      [
        { name: 'A', value: '1' },
        { name: 'B', value: '2' },
      ],
    ],
    ['rules', [{ port: 22 }, { port: 443 }]],
  ])('report a changed order of %s as such', (_case, list) => {
    expect(summaryOf({ list }, { list: list.toReversed() })).toBe('list: order changed');
  });

  it('show what changed in a JSON string', () => {
    const definitions = (tag: number) => JSON.stringify([{ name: 'app', image: `repo:${tag}` }]);
    expect(
      summaryOf({ containerDefinitions: definitions(1) }, { containerDefinitions: definitions(2) }),
    ).toBe('containerDefinitions.app.image: repo:1 → repo:2');
  });

  it('show the new task definition of a rollout first', () => {
    const arn = (revision: number) => `arn:aws:ecs:eu-west-1:123456789012:task-definition/a:${revision}`;
    const deployment = (revision: number, status: string, desiredCount: number) => ({
      id: `ecs-svc/${revision}00`,
      status,
      taskDefinition: arn(revision),
      desiredCount,
      createdAt: '2026-11-05T16:40:51.123Z',
    });
    const before = { deployments: [deployment(1, 'PRIMARY', 2)] };
    const after = { deployments: [deployment(2, 'PRIMARY', 0), deployment(1, 'ACTIVE', 2)] };
    expect(summaryOf(before, after, 10)).toBe('deployments["a:2"]: added, +1');
  });

  it('name a variable instead of its index', () => {
    const list = (level: string) => [
      { name: 'LOG_LEVEL', value: level },
      { name: 'PORT', value: '80' },
    ];
    expect(summaryOf({ environment: list('info') }, { environment: list('debug') })).toBe(
      'environment.LOG_LEVEL: info → debug',
    );
    expect(summaryOf({ environment: [] }, { environment: list('info') })).toBe(
      'environment.LOG_LEVEL: added info, environment.PORT: added "80"',
    );
  });

  it.each(['api', 'a-service-with-a-very-long-name-that-does-not-fit'])(
    'shows the revisions of a task definition whatever the length of its name: %s',
    (name) => {
      const state = (revision: number) => ({
        ecs: { taskDefinition: `arn:aws:ecs:eu-west-1:123456789012:task-definition/${name}:${revision}` },
      });
      expect(summaryOf(state(4), state(5))).toBe(`ecs.taskDefinition: …${name}:4 → …${name}:5`);
    },
  );
});

function sortKeys(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? 0 : value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sortKeys(value[key] as JsonValue)]),
  );
}
