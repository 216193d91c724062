// Tests searches in the details of entries against brute force, for any plan and budget.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outlineChanges } from '../../../core/changes/change-outline.ts';
import { compareStates } from '../../../core/changes/state-comparison.ts';
import { contentOf } from '../../../core/entry/content.ts';
import { hashContent } from '../../../core/entry/content-hash.ts';
import { type LogEntry, toListItem } from '../../../core/entry/entry.ts';
import { exactTerm } from '../../../core/query/filter-grammar.ts';
import { matches } from '../../../core/query/matching.ts';
import { parseQuery } from '../../../core/query/query.ts';
import { search } from '../../../core/search/search.ts';
import { errorCodes, RequestLogsError } from '../../../core/values/errors.ts';
import type { JsonObject, JsonValue } from '../../../core/values/json.ts';
import { entrySets, makeEntry } from '../../support/entries.ts';
import { makeCaller, now } from '../../support/fixtures.ts';
import { makeQuery, memoryPorts, walk } from '../../support/search.ts';

const long =
  'a value that is too long for the list view of an entry, so that only the full entry contains all of it';

const states: fc.Arbitrary<JsonObject> = fc.record(
  {
    instanceClass: fc.constantFrom('db.t4g.micro', 'db.t4g.medium', long),
    size: fc.constantFrom(1, 2, '2', true, null),
    password: fc.constantFrom('[REDACTED:1]', '[REDACTED:2]'),
    environment: fc.uniqueArray(
      fc.record({ name: fc.constantFrom('LOG_LEVEL', 'MODE'), value: fc.constantFrom('info', 'debug') }),
      { selector: ({ name }) => name, maxLength: 2 },
    ),
    ingress: fc.array(
      fc.record({ port: fc.constantFrom(22, 443), source: fc.constantFrom('0.0.0.0/0', 'sg-1', long) }),
      { maxLength: 3 },
    ),
    nested: fc.oneof(fc.constant('none'), fc.record({ size: fc.constantFrom(1, 2), empty: fc.constant({}) })),
  },
  { requiredKeys: [] },
) as unknown as fc.Arbitrary<JsonObject>;

interface Detail {
  readonly before: JsonObject;
  readonly after: JsonObject;
  readonly links: Partial<Pick<LogEntry, 'reason' | 'requestId' | 'traceId' | 'workRef' | 'awsRequestIds'>>;
  readonly user: Partial<LogEntry['user']>;
}

const details: fc.Arbitrary<Detail> = fc.record({
  before: states,
  after: states,
  links: fc.record(
    {
      reason: fc.constantFrom('More load, OPS-4711', 'incident follow-up', 'key [REDACTED:1] rotated'),
      requestId: fc.constantFrom('req-1', 'req-2'),
      traceId: fc.constantFrom('t-1', 't-2'),
      workRef: fc.constantFrom('OPS-7', 'https://tickets.example/OPS-7'),
      awsRequestIds: fc.constantFrom([], ['A1B2C3D4E5F6A7B8', 'req-1']),
    },
    { requiredKeys: [] },
  ),
  user: fc.record(
    {
      sourceIp: fc.constantFrom('203.0.113.24', '10.1.2.3', '2001:db8::1', 'console'),
      type: fc.constantFrom('user', 'service', 'agent'),
    },
    { requiredKeys: [] },
  ),
});

function addDetail(entry: LogEntry, { before, after, links, user }: Detail): LogEntry {
  const { action } = entry;
  const withStates = {
    ...(action === 'CREATE' ? {} : { before }),
    ...(action === 'DELETE' ? {} : { after }),
  };
  const { before: _, after: __, ...rest } = entry;
  const outline = outlineChanges(compareStates(withStates.before, withStates.after));
  const detailed = { ...rest, ...withStates, ...outline, ...links, user: { ...entry.user, ...user } };
  return { ...detailed, contentHash: hashContent(contentOf(detailed)) };
}

const filled: fc.Arbitrary<LogEntry[]> = entrySets(25).chain((entries) =>
  fc
    .array(details, { minLength: entries.length, maxLength: entries.length })
    .map((all) => entries.map((entry, index) => addDetail(entry, all[index] as Detail))),
);

/** The values that changed, by their path in dots, computed independently of the product. */
function leavesOf(entry: LogEntry): { path: string; from?: string; to?: string }[] {
  const text = (value: JsonValue) => (typeof value === 'string' ? value : JSON.stringify(value));
  const walkValue = (value: JsonValue, path: string, side: 'from' | 'to'): ReturnType<typeof leavesOf> => {
    if (typeof value !== 'object' || value === null || Object.keys(value).length === 0)
      return [{ path, [side]: text(value) }];
    // Elements of `environment` have a name and a value; other elements have only an index.
    const members = Array.isArray(value)
      ? value.map((element, index): [string, JsonValue] => {
          const { name, value: of } = (element ?? {}) as JsonObject;
          return name === undefined ? [String(index), element] : [String(name), of as JsonValue];
        })
      : Object.entries(value);
    return members.flatMap(([key, child]) => walkValue(child, `${path}.${key}`, side));
  };
  return compareStates(entry.before, entry.after).flatMap(({ change }) => {
    const path = change.path.slice(1).replaceAll('/', '.');
    const [before, after] = [change.before as JsonValue | undefined, change.after as JsonValue | undefined];
    if (change.op === 'reorder') return [{ path }];
    const isScalar = [before, after].every(
      (side) => typeof side !== 'object' || side === null || Object.keys(side).length === 0,
    );
    if (isScalar && before !== undefined && after !== undefined)
      return [{ path, from: text(before), to: text(after) }];
    return [
      ...(before === undefined ? [] : walkValue(before, path, 'from')),
      ...(after === undefined ? [] : walkValue(after, path, 'to')),
    ];
  });
}

type Leaf = ReturnType<typeof leavesOf>[number];

/** A filter, and whether an entry matches it, without the code of the product. */
const choices: readonly (readonly [string, (entry: LogEntry) => boolean])[] = [
  ['changed=instanceClass', (entry) => leavesOf(entry).some(({ path }) => path === 'instanceClass')],
  [
    'changed=environment.LOG_LEVEL',
    (entry) => leavesOf(entry).some(({ path }) => path === 'environment.LOG_LEVEL'),
  ],
  ['changed=ingress.*', (entry) => leavesOf(entry).some(({ path }) => /^ingress\../.test(path))],
  ['changed=.size', (entry) => leavesOf(entry).some(({ path }) => path === 'size')],
  ['changed=size', (entry) => leavesOf(entry).some(({ path }) => /(^|\.)size$/.test(path))],
  ['changed=!size', (entry) => !leavesOf(entry).some(({ path }) => /(^|\.)size$/.test(path))],
  [
    'changed=environment,ingress,!instanceClass',
    (entry) =>
      leavesOf(entry).some(({ path }) => /^(environment|ingress)(\.|$)/.test(path)) &&
      !leavesOf(entry).some(({ path }) => path === 'instanceClass'),
  ],
  ['changedFrom=db.t4g.micro', (entry) => leavesOf(entry).some(({ from }) => from === 'db.t4g.micro')],
  ['changedTo=2', (entry) => leavesOf(entry).some(({ to }) => to === '2')],
  [
    'changed=size&changedFrom=1&changedTo=2',
    (entry) =>
      leavesOf(entry).some(
        ({ path, from, to }: Leaf) => /(^|\.)size$/.test(path) && from === '1' && to === '2',
      ),
  ],
  ['changedTo=null,true', (entry) => leavesOf(entry).some(({ to }) => to === 'null' || to === 'true')],
  [`changedTo=${long.replaceAll(',', '\\,')}`, (entry) => leavesOf(entry).some(({ to }) => to === long)],
  ['reason=LOAD ops', (entry) => entry.reason?.startsWith('More') === true],
  ['reason=ops-4711,incident', (entry) => /OPS|incident/.test(entry.reason ?? '')],
  ['reason=redacted', () => false],
  ['reason=!incident', (entry) => !/incident/.test(entry.reason ?? '')],
  ['ip=203.0.113.0/24', (entry) => entry.user.sourceIp === '203.0.113.24'],
  ['ip=!10.0.0.0/8', (entry) => entry.user.sourceIp !== '10.1.2.3'],
  ['actorType=agent', (entry) => entry.user.type === 'agent'],
  [
    'requestId=req-1',
    (entry) => entry.requestId === 'req-1' || entry.awsRequestIds?.includes('req-1') === true,
  ],
  ['requestId=A1B2*', (entry) => (entry.awsRequestIds?.length ?? 0) > 0],
  ['traceId=t-1', (entry) => entry.traceId === 't-1'],
  ['workRef=https://tickets.example/*', (entry) => entry.workRef?.startsWith('https') === true],
  ['workRef=!OPS-7', (entry) => entry.workRef !== 'OPS-7'],
];

const cheap = [
  '',
  'action=UPDATE',
  'user=u-1',
  'resource=orders*',
  'verdict=DENIED',
  'account=111111111111',
  'user=!u-1',
];

describe('a search in details', () => {
  it('equals brute force, for any filters, plan, budget, page size and caller', {
    timeout: 60_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        filled,
        fc.uniqueArray(fc.constantFrom(...choices), { minLength: 1, maxLength: 2 }),
        fc.constantFrom(...cheap),
        fc.record({
          order: fc.constantFrom('asc' as const, 'desc' as const),
          limit: fc.integer({ min: 1, max: 8 }),
          readUnits: fc.constantFrom(0.5, 2, 6, 1000),
          accounts: fc.option(fc.constantFrom(['111111111111'], ['111111111111', '222222222222']), {
            nil: undefined,
          }),
        }),
        async (entries, chosen, other, { order, limit, readUnits, accounts }) => {
          // Filters on changes describe one and the same change, so they are not combined here.
          fc.pre(chosen.filter(([text]) => text.startsWith('changed')).length < 2);
          const names = chosen.map(([text]) => text.split('=')[0]);
          fc.pre(new Set(names).size === names.length);
          const text = [...chosen.map(([part]) => part), other].filter((part) => part !== '').join('&');
          const query = { ...parseQuery(text), order, limit };
          const caller = makeCaller(accounts === undefined ? {} : { accounts });
          const limits = { readUnits, timeMillis: 60_000 };
          const pages = await walk(query, caller, await memoryPorts(entries, { limits }));
          const expected = entries
            .filter(
              (entry) => entry.organizationId === 'acme' && matches(toListItem(entry), query, caller, now),
            )
            .filter((entry) => chosen.every(([, accepts]) => accepts(entry)))
            .map(({ id }) => id)
            .sort();
          const found = pages.flatMap(({ items }) => items.map(({ id }) => id));
          expect(found).toEqual(order === 'asc' ? expected : expected.toReversed());
          expect(pages.every(({ notSearched }) => notSearched === undefined)).toBe(true);
          expect(pages.at(-1)?.complete).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });

  const update = (number: number, detail: Partial<Detail> = {}) =>
    addDetail(makeEntry({ eventId: `e-${number}`, occurredAtMillis: now - number * 1000 }), {
      before: { size: 1 },
      after: { size: 2 },
      links: {},
      user: {},
      ...detail,
    });

  it('reads no details if the list view shows the changes', async () => {
    const entries = Array.from({ length: 20 }, (_, i) => update(i));
    const ports = await memoryPorts([...entries, makeEntry({ eventId: 'created', action: 'CREATE' })]);
    for (const [text, count] of [
      ['changed=size', 20],
      ['changed=size&changedTo=3', 0],
      ['changed=other', 0],
    ] as const) {
      const page = await search({ ...parseQuery(text), debug: true }, makeCaller(), ports);
      expect(page.items).toHaveLength(count);
      expect(page.consumedCapacity?.details).toBe(0);
    }
  });

  it('finds a number that a double cannot hold, as it was written', async () => {
    const sized = (number: number, before: string, after: string) =>
      update(number, { before: { id: { $number: before } }, after: { id: { $number: after }, note: long } });
    const [first, second] = [sized(1, '1e21', '1e22'), sized(2, '1e22', '10000000000000000001')];
    const ports = await memoryPorts([first, second]);
    const find = async (text: string) =>
      (await search(parseQuery(text), makeCaller(), ports)).items.map(({ id }) => id);
    expect(await find('changed=.id&changedFrom=1e21&changedTo=1e22')).toEqual([first.id]);
    expect(await find('changed=.id&changedTo=10000000000000000001')).toEqual([second.id]);
    expect(await find('changed=id.*')).toEqual([]);
  });

  it('counts details toward the read budget, and continues where it stopped', async () => {
    const entries = Array.from({ length: 100 }, (_, i) => update(i, { links: { reason: `number ${i}` } }));
    const ports = await memoryPorts(entries, { limits: { readUnits: 10, timeMillis: 60_000 } });
    const query = { ...parseQuery('reason=99'), debug: true };
    const first = await search(query, makeCaller(), ports);
    expect(first).toMatchObject({ items: [], complete: false });
    expect(first.consumedCapacity?.readUnits).toBeLessThanOrEqual(14);
    expect(first.consumedCapacity?.details).toBeGreaterThan(5);
    const pages = await walk(query, makeCaller(), ports);
    expect(pages.length).toBeGreaterThan(4);
    expect(pages.flatMap(({ items }) => items)).toHaveLength(1);
  });

  it('names entries whose states cannot be read, unless their list view answers', async () => {
    const states = { before: { note: 'x'.repeat(100), size: 1 }, after: { note: 'y'.repeat(100), size: 2 } };
    const [lost, other] = [update(1, states), update(2, states)];
    const ports = await memoryPorts([lost, other, update(3)]);
    const details = {
      getDetails: async (organizationId: string, ids: readonly string[]) => {
        const chunk = await ports.details.getDetails(organizationId, ids);
        const readFull = () =>
          Promise.reject(new RequestLogsError(errorCodes.statesUnreadable, 'the object is missing'));
        const entries = new Map(
          [...chunk.entries].map(([id, stored]) => [id, id === lost.id ? { ...stored, readFull } : stored]),
        );
        return { ...chunk, entries };
      },
    };
    const page = await search(parseQuery('changedTo=2'), makeCaller(), { ...ports, details });
    expect(page.items.map(({ id }) => id)).toEqual([other.id, update(3).id]);
    expect(page.notSearched).toEqual({ count: 1, ids: [lost.id] });
    const malformed = {
      getDetails: async () => ({ entries: new Map(), unreadable: new Set([lost.id]), readUnits: 1 }),
    };
    const answer = await search(parseQuery('reason=load'), makeCaller(), { ...ports, details: malformed });
    expect(answer).toMatchObject({ items: [], notSearched: { count: 1, ids: [lost.id] } });
  });

  it('names entries that were altered after they were recorded, whether they match or not', async () => {
    const recorded = update(1, { links: { reason: 'More load' } });
    const altered = [
      { ...recorded, reason: 'nothing' },
      { ...update(2), reason: 'More load' },
    ];
    const ports = await memoryPorts([...altered, update(3, { links: { reason: 'more load' } })]);
    const page = await search(parseQuery('reason=load'), makeCaller(), ports);
    expect(page.items.map(({ id }) => id)).toEqual([update(3).id]);
    expect(page.notSearched).toEqual({ count: 2, ids: altered.map(({ id }) => id) });
  });

  it('never matches a redacted value', async () => {
    const entry = update(1, {
      before: { token: 'old [REDACTED:1]' },
      after: { token: `new [REDACTED:2] ${long}` },
    });
    const ports = await memoryPorts([entry]);
    const changedTo = [exactTerm(`new [REDACTED:2] ${long}`)];
    expect((await search(makeQuery({ filters: { changedTo } }), makeCaller(), ports)).items).toEqual([]);
    expect(() => parseQuery('changedTo=[REDACTED:1]')).toThrow('changedTo must be a value');
  });

  it.each([
    ['changed=a**', 'changed must contain * only'],
    ['changedTo=!a', 'changedTo does not support negation'],
    ['changedFrom=a*', 'changedFrom does not support prefixes'],
    ['reason=--', 'reason must be words'],
    ['ip=10.0.0.0/33', 'ip must be an IP address'],
    ['actorType=robot', 'actorType must be one of user, service, agent'],
  ])('rejects %s', (text, message) => {
    expect(() => parseQuery(text)).toThrow(message);
  });
});
