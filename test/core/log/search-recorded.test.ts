import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../../core/entry/entry.ts';
import { searchRecorded } from '../../../core/log/search-recorded.ts';
import { parseQuery } from '../../../core/query/query.ts';
import type { Page } from '../../../core/search/page.ts';
import { errorCodes } from '../../../core/values/errors.ts';
import { makeEntry } from '../../support/entries.ts';
import { makeCaller, now } from '../../support/fixtures.ts';
import { runRecordedHistory } from './recorded-history.ts';
import { RecordedLog } from './recorded-log.ts';

const caller = makeCaller();
const queryOf = (text = '', cursor?: string) => ({ ...parseQuery(`order=recorded&${text}`), cursor });
const namesOf = (page: Page) => page.items.map(({ target }) => target.name);

/** Entries e-0, e-1, …, recorded in this order, whose actions occurred in the reverse order. */
function makeEntries(count: number, parts: Parameters<typeof makeEntry>[0] = { eventId: '' }): LogEntry[] {
  return Array.from({ length: count }, (_, number) =>
    makeEntry({
      name: `e-${number}`,
      ...parts,
      eventId: `${parts.eventId}${number}`,
      occurredAtMillis: now - number * 60_000,
      recordedAtMillis: now + number * 1000,
    }),
  );
}

async function sealedEntries(count: number, parts?: Parameters<typeof makeEntry>[0]) {
  const log = new RecordedLog();
  const entries = makeEntries(count, parts);
  await log.record(entries);
  await log.seal();
  return { log, entries };
}

describe('searchRecorded', () => {
  it('returns sealed entries in leaf order, however their actions were dated', async () => {
    const { log } = await sealedEntries(7);
    const first = await searchRecorded(queryOf('limit=4'), caller, log.ports);
    expect(namesOf(first)).toEqual(['e-0', 'e-1', 'e-2', 'e-3']);
    expect(first.items.map(({ sealed }) => sealed?.index)).toEqual([0, 1, 2, 3]);
    expect(first).toMatchObject({ complete: false, nextCursor: first.resumeCursor });
    const rest = await searchRecorded(queryOf('limit=4', first.nextCursor ?? ''), caller, log.ports);
    expect(namesOf(rest)).toEqual(['e-4', 'e-5', 'e-6']);
    expect(rest).toMatchObject({ complete: true, nextCursor: null });
  });

  it('continues with what is sealed later from the last resumeCursor', async () => {
    const { log } = await sealedEntries(3);
    const { resumeCursor } = await searchRecorded(queryOf(), caller, log.ports);
    const idle = await searchRecorded(queryOf('', resumeCursor), caller, log.ports);
    expect(idle).toMatchObject({ items: [], complete: true, resumeCursor });
    await log.record([makeEntry({ eventId: 'backdated', name: 'late', occurredAtMillis: 0 })]);
    expect(await searchRecorded(queryOf('', resumeCursor), caller, log.ports)).toEqual(idle);
    await log.seal();
    expect(namesOf(await searchRecorded(queryOf('', resumeCursor), caller, log.ports))).toEqual(['late']);
  });

  it('returns every entry exactly once in leaf order while sealers are killed, records come twice, and shards split', async () => {
    for (const seed of [1, 2, 3]) expect(await runRecordedHistory(seed), `seed ${seed}`).toEqual([]);
  });

  it('applies filters, and passes entries that do not match', async () => {
    const { log, entries } = await sealedEntries(60);
    const name = (query: string) => searchRecorded(queryOf(query), caller, log.ports).then(namesOf);
    expect(await name('resource=e-7,e-41')).toEqual(['e-7', 'e-41']);
    expect(await name(`recordedFrom=${entries[58]?.recordedAt}`)).toEqual(['e-58', 'e-59']);
    expect(await name(`recordedTo=${entries[1]?.recordedAt}`)).toEqual(['e-0', 'e-1']);
    expect(await name(`to=${entries[57]?.timestamp}`)).toEqual(['e-57', 'e-58', 'e-59']);
    expect(await name('changed=nothing')).toEqual([]);
    expect(await name('disputed=true')).toEqual([]);
    const [first] = entries as [LogEntry];
    const disputing = { ...first, after: { disputes: true } };
    await log.store.disputes.insert(first, disputing, 0);
    expect(await name('disputed=true')).toEqual(['e-0']);
  });

  it('counts expired entries, also when the order of their batch has expired', async () => {
    const { log, entries } = await sealedEntries(5);
    log.expire(entries[1] as LogEntry);
    const page = await searchRecorded(queryOf(), caller, log.ports);
    expect(namesOf(page)).toEqual(['e-0', 'e-2', 'e-3', 'e-4']);
    expect(page.removed).toBe(1);
    await log.record([makeEntry({ eventId: 'later', name: 'later' })]);
    await log.seal();
    const [oldest = ''] = [...log.objects.objects.keys()].filter((key) => key.startsWith('order/')).sort();
    log.objects.objects.delete(oldest);
    const after = await searchRecorded(queryOf(), caller, log.ports);
    expect(namesOf(after)).toEqual(['later']);
    expect(after.removed).toBe(5);
  });

  it('passes leaves of evidence, which have no entry', async () => {
    const { log } = await sealedEntries(2);
    log.table.remove([...log.table.items.keys()][0] ?? '');
    await log.record([makeEntry({ eventId: 'later', name: 'later' })]);
    await log.seal();
    const page = await searchRecorded(queryOf(), caller, log.ports);
    expect(namesOf(page)).toEqual(['e-0', 'e-1', 'later']);
    expect(page.items.at(-1)?.sealed?.index).toBe(2);
    expect(page).toMatchObject({ complete: true });
    expect(page.removed).toBeUndefined();
  });

  it('ends a page when the read budget is used up, and misses nothing', async () => {
    const { log } = await sealedEntries(30);
    log.limits = { readUnits: 0.5, timeMillis: 10_000 };
    const names: string[] = [];
    let [cursor, pages]: [string | undefined, number] = [undefined, 0];
    do {
      const page = await searchRecorded(queryOf('limit=4&resource=e-1*', cursor), caller, log.ports);
      names.push(...namesOf(page));
      cursor = page.nextCursor ?? undefined;
      pages++;
    } while (cursor !== undefined);
    expect(names).toEqual(['e-1', ...Array.from({ length: 10 }, (_, number) => `e-1${number}`)]);
    expect(pages).toBeGreaterThan(2);
  });

  it('returns an empty page for a log without entries', async () => {
    const page = await searchRecorded(queryOf(), caller, new RecordedLog().ports);
    expect(page).toMatchObject({ items: [], complete: true, nextCursor: null });
    expect(page.resumeCursor).toBeTypeOf('string');
  });

  it('returns nothing of another organization', async () => {
    const { log } = await sealedEntries(3, { eventId: 'other', organizationId: 'globex' });
    expect(await searchRecorded(queryOf(), caller, log.ports)).toMatchObject({ items: [], complete: true });
  });

  it('rejects callers that are limited to AWS accounts', async () => {
    const { log } = await sealedEntries(1);
    const limited = makeCaller({ accounts: ['123456789012'] });
    await expect(searchRecorded(queryOf(), limited, log.ports)).rejects.toMatchObject({
      code: errorCodes.forbidden,
    });
  });

  it('rejects cursors of another order, query, or organization, and those that are malformed or ahead of the log', async () => {
    const { log } = await sealedEntries(3);
    const { resumeCursor = '' } = await searchRecorded(queryOf(), caller, log.ports);
    const rejects = (cursor: string, text = '', of = caller) =>
      expect(searchRecorded(queryOf(text, cursor), of, log.ports)).rejects.toMatchObject({
        code: errorCodes.invalidCursor,
      });
    const decoded = JSON.parse(Buffer.from(resumeCursor, 'base64url').toString());
    const forge = (changes: object) =>
      Buffer.from(JSON.stringify({ ...decoded, ...changes })).toString('base64url');
    await rejects(resumeCursor, 'resource=e-1');
    await rejects(resumeCursor, '', makeCaller({ organizationId: 'globex' }));
    for (const n of [4, -1, 0.5, '1', null, 2 ** 60]) await rejects(forge({ n }));
    await rejects(forge({ p: '01M7ZYHQ8XW9PF4D2T6R3K5N1C' }));
    expect(resumeCursor.length).toBeLessThan(512);
    expect(namesOf(await searchRecorded(queryOf('', forge({ n: 1 })), caller, log.ports))).toEqual([
      'e-1',
      'e-2',
    ]);
  });
});
