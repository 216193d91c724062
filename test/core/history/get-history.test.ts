import fc from 'fast-check';
import { applyPatch } from 'rfc6902';
import { describe, expect, it } from 'vitest';
import { listChanges } from '../../../core/changes/changes.ts';
import type { LogEntry } from '../../../core/entry/entry.ts';
import { getHistory } from '../../../core/history/get-history.ts';
import type { JsonObject, JsonValue } from '../../../core/values/json.ts';
import { makeCaller } from '../../support/fixtures.ts';
import { memoryPorts } from '../../support/search.ts';
import { makeTargetEntry, queryOf, randomHistories, readPages, startMillis } from './target-histories.ts';

const caller = makeCaller();
const account = '123456789012';
const limited = makeCaller({ accounts: [account] });
const iso = (at: number) => new Date(startMillis + at).toISOString();

const v = (size: number, more: JsonObject = {}): JsonObject => ({ name: 'orders-d', size, ...more });
const created = makeTargetEntry({ at: 0, action: 'CREATE', after: v(1) });
const resized = makeTargetEntry({ at: 1000, before: v(1), after: v(2) });
const denied = makeTargetEntry({ at: 2000, before: v(2), after: v(9), verdict: 'DENIED' });
const deleted = makeTargetEntry({ at: 3000, action: 'DELETE', before: v(2) });
const reborn = makeTargetEntry({ at: 4000, action: 'CREATE', after: v(5) });
const entries = [created, resized, denied, deleted, reborn];

const readState = async (all: readonly LogEntry[], at: number, parts = {}, as = caller) =>
  (await getHistory(queryOf({ atMillis: startMillis + at, ...parts }), as, await memoryPorts(all))).history
    .at;

describe('getHistory with at', () => {
  it.each([
    [-1, { basis: 'before-of-next', exists: false, entryId: created.id }],
    [0, { basis: 'after', exists: true, state: v(1), entryId: created.id }],
    [999, { basis: 'after', exists: true, state: v(1), entryId: created.id }],
    [1000, { basis: 'after', exists: true, state: v(2), entryId: resized.id }],
    [2500, { basis: 'after', exists: true, state: v(2), entryId: resized.id }],
    [3000, { basis: 'after', exists: false, entryId: deleted.id }],
    [9000, { basis: 'after', exists: true, state: v(5), entryId: reborn.id }],
  ])('returns the state %d ms after the start', async (at, expected) => {
    const state = await readState(entries, at);
    expect(state).toEqual({ time: iso(at), name: 'orders-d', timestamp: expect.any(String), ...expected });
  });

  it('returns the state before the next action if the creation was not logged', async () => {
    const state = await readState([resized, deleted], 0);
    expect(state).toMatchObject({ basis: 'before-of-next', exists: true, state: v(1), entryId: resized.id });
  });

  it('returns an unknown state if every attempt was denied', async () => {
    expect(await readState([denied], 5000)).toEqual({ time: iso(5000), basis: 'unknown' });
  });

  it('leaves out what was recorded after knownAt', async () => {
    const late = makeTargetEntry({
      at: 500,
      before: v(1),
      after: v(7),
      recordedAtMillis: startMillis + 60_000,
    });
    const all = [created, late];
    expect((await readState(all, 900))?.state).toEqual(v(7));
    const known = await readState(all, 900, { knownAtMillis: startMillis + 59_999 });
    expect(known).toMatchObject({ state: v(1), entryId: created.id });
    expect((await readState(all, 900, { knownAtMillis: startMillis }))?.basis).toBe('unknown');
  });

  it('reports markers as a partial state', async () => {
    const secret = makeTargetEntry({ action: 'CREATE', after: v(1, { password: '[REDACTED:1]' }) });
    expect((await readState([secret], 0))?.partial).toBe('REDACTED');
  });

  it('reports an altered entry without its state, and counts it', async () => {
    const ports = await memoryPorts([{ ...created, contentHash: 'f'.repeat(64) }]);
    const { history, problems } = await getHistory(queryOf({ atMillis: startMillis }), caller, ports);
    expect(history.at).toMatchObject({ partial: 'ALTERED', exists: true, entryId: created.id });
    expect(history.at).not.toHaveProperty('state');
    expect(problems).toEqual(['ENTRY_ALTERED']);
  });

  it('continues a search whose budget was used up', async () => {
    const flood = Array.from({ length: 400 }, (_, number) =>
      makeTargetEntry({ at: 10_000 + number, before: v(1), after: v(3), verdict: 'DENIED' }),
    );
    const ports = await memoryPorts([created, ...flood], { limits: { readUnits: 8, timeMillis: 10_000 } });
    const pages = await readPages(queryOf({ atMillis: startMillis + 20_000 }), caller, ports);
    expect(pages.length).toBeGreaterThan(1);
    expect(pages[0]).toMatchObject({ complete: false, at: { basis: 'unknown', partial: 'NOT_SEARCHED' } });
    expect(pages.at(-1)).toMatchObject({ complete: true, at: { state: v(1), entryId: created.id } });
  });

  it('costs at most 4 read units for an ordinary target', async () => {
    const many = Array.from({ length: 200 }, (_, number) =>
      makeTargetEntry({ at: 10 + number, before: v(number), after: v(number + 1) }),
    );
    const ports = await memoryPorts([created, ...many]);
    for (const at of [-5, 0, 100, 1000]) {
      const { readUnits } = await getHistory(queryOf({ atMillis: startMillis + at }), caller, ports);
      expect(readUnits).toBeLessThanOrEqual(4);
    }
  });
});

describe('getHistory', () => {
  const read = async (all: readonly LogEntry[], parts = {}, as = caller) =>
    (await getHistory(queryOf(parts), as, await memoryPorts(all))).history;

  it('returns the timeline, newest first, with lives and names', async () => {
    const history = await read(entries);
    expect(history).toMatchObject({
      target: { id: 'res-1', type: 'rds', accountId: account, region: 'eu-west-1' },
      names: [{ name: 'orders-d', from: iso(0), to: iso(4000) }],
      lives: [
        { createdAt: iso(4000), createdBy: reborn.id, actions: 1 },
        { createdAt: iso(0), deletedAt: iso(3000), deletedBy: deleted.id, actions: 3 },
      ],
      gaps: [],
      nextCursor: null,
      complete: true,
    });
    const ids = history.items?.map((item) => ('entry' in item ? item.entry.id : ''));
    expect(ids).toEqual(entries.map(({ id }) => id).reverse());
  });

  it('follows renames', async () => {
    const renamed = makeTargetEntry({
      at: 1500,
      name: 'orders-x',
      before: v(2),
      after: { name: 'orders-x', size: 2 },
    });
    const history = await read([created, resized, renamed]);
    expect(history.items).toHaveLength(3);
    expect(history.names?.map(({ name }) => name)).toEqual(['orders-x', 'orders-d']);
  });

  it('finds the entries of a target with very many names', async () => {
    const all = Array.from({ length: 70 }, (_, number) =>
      makeTargetEntry({ at: number, name: `name-${number}`, before: v(number), after: v(number + 1) }),
    );
    expect((await read(all, { limit: 200 })).items).toHaveLength(70);
  });

  it('returns the difference between two moments, and what was done between them', async () => {
    const span = { fromMillis: startMillis, toMillis: startMillis + 2000 };
    const { diff, items } = await read(entries, { diff: span });
    expect(diff?.changes).toEqual([{ path: '/size', op: 'replace', before: 1, after: 2 }]);
    expect([diff?.from.entryId, diff?.to.entryId]).toEqual([created.id, resized.id]);
    expect(items).toMatchObject([{ entry: { id: denied.id } }, { entry: { id: resized.id } }]);
  });

  it('rejects an ID that several visible targets have, and lists them', async () => {
    const other = makeTargetEntry({ accountId: '222222222222', action: 'CREATE', after: v(1) });
    const all = [created, other];
    const failure = getHistory(queryOf(), caller, await memoryPorts(all));
    await expect(failure).rejects.toMatchObject({
      code: 'AMBIGUOUS_TARGET',
      field: 'target',
      candidates: [
        { account, region: 'eu-west-1', type: 'rds' },
        { account: '222222222222', region: 'eu-west-1', type: 'rds' },
      ],
    });
    expect((await read(all, { account })).items).toHaveLength(1);
    expect((await read(all, {}, limited)).items).toHaveLength(1);
  });

  it('does not distinguish a target in a hidden account from an unknown one', async () => {
    const other = makeTargetEntry({ accountId: '222222222222', targetId: 'res-2', after: v(1) });
    const ports = await memoryPorts([created, other]);
    const messages = ['res-2', 'res-3'].map((target) =>
      getHistory(queryOf({ target }), limited, ports).catch((error: Error) => error),
    );
    const [hidden, unknown] = await Promise.all(messages);
    expect(hidden).toEqual(unknown);
    expect(hidden).toMatchObject({ code: 'NOT_FOUND' });
    await expect(
      getHistory(queryOf(), makeCaller({ organizationId: 'globex' }), ports),
    ).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('rejects a cursor of another target or another moment', async () => {
    const other = makeTargetEntry({ targetId: 'res-2', action: 'CREATE', after: v(1) });
    const ports = await memoryPorts([...entries, other]);
    const { history } = await getHistory(queryOf({ limit: 2 }), caller, ports);
    const cursor = history.nextCursor ?? '';
    for (const parts of [{ target: 'res-2' }, { atMillis: 5 }, { knownAtMillis: 5 }]) {
      await expect(getHistory(queryOf({ ...parts, cursor }), caller, ports)).rejects.toMatchObject({
        code: 'INVALID_CURSOR',
      });
    }
  });

  it('finds the gap between two pages', async () => {
    const first = makeTargetEntry({ at: 0, action: 'CREATE', after: v(1) });
    const second = makeTargetEntry({ at: 10, before: v(3), after: v(4) });
    const pages = await readPages(queryOf({ limit: 1 }), caller, await memoryPorts([first, second]));
    expect(pages.map(({ gaps }) => gaps?.length)).toEqual([0, 1]);
    expect(pages[1]?.gaps?.[0]).toMatchObject({
      kind: 'CHANGED',
      earlierId: first.id,
      laterId: second.id,
      changedPaths: ['/size'],
    });
  });
});

/** The entries of the target by brute force, oldest first. */
function entriesOf(all: readonly LogEntry[]): LogEntry[] {
  return all.filter(({ accountId }) => accountId === account).sort((a, b) => (a.id < b.id ? -1 : 1));
}

describe('the state at a time', () => {
  it('equals the replay of all changes', async () => {
    const runs = fc.tuple(randomHistories(12), fc.integer({ min: -2, max: 3000 }));
    await fc.assert(
      fc.asyncProperty(runs, async ([all, at]) => {
        const done = entriesOf(all).filter(({ decision }) => decision === 'ALLOWED');
        const [first] = done;
        if (first === undefined) return;
        let replayed: JsonValue | undefined = first.before;
        for (const { timestamp, action, before, after } of done) {
          if (Date.parse(timestamp) > startMillis + at) break;
          // What changed without an entry is in the state before the next one.
          replayed = structuredClone(before);
          if (action === 'DELETE') replayed = undefined;
          else if (replayed === undefined) replayed = after;
          else applyPatch(replayed, toPatch(before, after));
        }
        const ports = await memoryPorts(all);
        const { history } = await getHistory(queryOf({ account, atMillis: startMillis + at }), caller, ports);
        expect(history.at?.state).toEqual(replayed);
      }),
      { numRuns: 60 },
    );
  });
});

function toPatch(before: JsonValue | undefined, after: JsonValue | undefined) {
  return listChanges(before, after).map(({ path, op, after: value }) => ({ path, op, value }) as never);
}

describe('the timeline', () => {
  it('joins its pages to every entry of the target, and the same gaps as one page, for each caller and budget', async () => {
    const runs = fc.tuple(
      randomHistories(25),
      fc.integer({ min: 1, max: 6 }),
      fc.constantFrom(4, 20, 1_000_000),
      fc.boolean(),
      fc.option(fc.integer({ min: 0, max: 6000 }), { nil: undefined }),
    );
    await fc.assert(
      fc.asyncProperty(runs, async ([all, limit, readUnits, isLimited, knownAt]) => {
        const own = entriesOf(all);
        if (own.length === 0) return;
        const as = isLimited ? limited : caller;
        const knownAtMillis = knownAt === undefined ? undefined : startMillis + knownAt;
        const expected = own.filter(
          ({ recordedAt }) => Date.parse(recordedAt) <= (knownAtMillis ?? Number.POSITIVE_INFINITY),
        );
        const ports = await memoryPorts(all, { limits: { readUnits, timeMillis: 10_000 } });
        const pages = await readPages(queryOf({ account, limit, knownAtMillis }), as, ports);
        const items = pages.flatMap((page) => page.items ?? []);
        const count = items.reduce((sum, item) => sum + ('entry' in item ? 1 : item.denials.count), 0);
        expect(count).toBe(expected.length);
        const ids = items.flatMap((item) => ('entry' in item ? [item.entry.id] : []));
        expect(ids).toEqual([...ids].sort().reverse());
        const done = expected.filter(({ decision }) => decision === 'ALLOWED');
        const drifts = done.slice(1).filter(({ before }, place) => {
          const { after } = done[place] as LogEntry;
          return JSON.stringify(before) !== JSON.stringify(after);
        });
        const gaps = pages.flatMap((page) => page.gaps ?? []);
        expect(gaps.map(({ laterId }) => laterId)).toEqual(drifts.map(({ id }) => id).reverse());
      }),
      { numRuns: 60 },
    );
  });
});
