import { describe, expect, it } from 'vitest';
import { summarize } from '../../../core/counts/summarize.ts';
import { parseSummaryQuery } from '../../../core/counts/summary-query.ts';
import type { LogEntry } from '../../../core/entry/entry.ts';
import { type EntryParts, makeEntry } from '../../support/entries.ts';
import { makeCaller, now } from '../../support/fixtures.ts';
import { readParts } from './brute-summary.ts';
import { checkSealedSummaries } from './check-summary.ts';
import { SealedLog, summaryPorts } from './sealed-ports.ts';

const caller = makeCaller();
const minute = 60_000;
const hour = 60 * minute;

const range = `from=${new Date(now - 20 * hour).toISOString()}&to=${new Date(now).toISOString()}`;

/** An entry that is recorded two seconds after its action, unless stated otherwise. */
function entryAt(occurredAtMillis: number, eventId: string, more: Partial<EntryParts> = {}): LogEntry {
  return makeEntry({
    eventId,
    occurredAtMillis,
    recordedAtMillis: occurredAtMillis + 2000,
    userId: `u-${eventId.length % 3}`,
    ...more,
  });
}

/** 420 entries of seven hours, sealed in two batches, of which the second is not in the segments. */
async function sealedHistory(unsealed: readonly LogEntry[] = [], late: readonly LogEntry[] = []) {
  const times = Array.from({ length: 420 }, (_, place) => now - 8 * hour + place * minute);
  const entries = times.map((time, place) => entryAt(time, `evt-${place}`));
  const log = new SealedLog();
  await log.seal(entries.slice(0, 400), now - 90 * minute);
  await log.index(now);
  await log.seal([...entries.slice(400), ...late], now - 30 * minute);
  const ports = await summaryPorts([...entries, ...late, ...unsealed]);
  return { log, entries, ports: { ...ports, countObjects: log.objects } };
}

const ask = (rawQuery: string, ports: Awaited<ReturnType<typeof summaryPorts>>, who = caller) =>
  summarize(parseSummaryQuery(rawQuery), who, ports);

describe('a summary from the sealed log', () => {
  it('equals brute force for random requests, sizes of the log, and states of the sealer', async () => {
    await checkSealedSummaries(40, 20);
  });

  it('counts what is in segments, what was sealed since, and what is not sealed', async () => {
    const unsealed = [entryAt(now - minute, 'unsealed')];
    const late = [entryAt(now - 12 * hour, 'late', { recordedAtMillis: now - 31 * minute })];
    const { ports } = await sealedHistory(unsealed, late);
    const summary = await ask(`${range}&groupBy=user&debug=true`, ports);
    expect(summary).toMatchObject({ total: 422, exact: true, consumedCapacity: { index: 'sealed log' } });
    expect(summary).not.toHaveProperty('asOf');
    expect(summary.consumedCapacity?.objects).toBeLessThan(6);
  });

  it('repeats the numbers of a size of the log, whatever is recorded and sealed later', async () => {
    const { log, ports, entries } = await sealedHistory();
    await log.index(now);
    const first = await ask(`${range}&groupBy=user`, ports);
    expect(first).toMatchObject({ total: 420, asOf: 420, exact: true });
    const late = entryAt(now - 5 * hour, 'late', { recordedAtMillis: now });
    await log.seal([late], now + minute);
    await log.index(now + minute);
    const later = {
      ...(await summaryPorts([...entries, late])),
      countObjects: log.objects,
      now: () => now + hour,
    };
    expect(await ask(`${range}&groupBy=user`, later)).toMatchObject({ total: 421, asOf: 421 });
    const { recordedTo: _, ...numbers } = first;
    expect(await ask(`${range}&groupBy=user&asOf=420`, later)).toEqual(numbers);
  });

  it('uses the index if an entry waits too long to be sealed, because late ones can wait too', async () => {
    const waiting = entryAt(now - 20 * minute, 'waiting');
    const { ports } = await sealedHistory([waiting]);
    const summary = await ask(`${range}&debug=true`, ports);
    expect(summary).toMatchObject({ total: 421, exact: true, consumedCapacity: { index: 'byTime' } });
  });

  it('counts in parts, and says how many entries there can be at most', async () => {
    const log = new SealedLog();
    const entries = Array.from({ length: 20 }, (_, day) =>
      Array.from({ length: 30 }, (_, place) =>
        entryAt(now - (20 - day) * 20 * hour + place, `evt-${day}-${place}`),
      ),
    );
    for (const [day, batch] of entries.entries())
      await log.seal(batch, now - (20 - day) * 20 * hour + minute);
    await log.index(now);
    const ports = { ...(await summaryPorts([])), countObjects: log.objects };
    const all = `from=2020-01-01&to=${new Date(now).toISOString()}&groupBy=user&asOf=600`;
    expect(await ask(all, ports)).toMatchObject({ total: 600, exact: true });
    let calls = 0;
    // The time runs out when the first segments are read.
    const first = await ask(all, { ...ports, now: () => now + (calls++ > 10 ? hour : 0) });
    expect(first).toMatchObject({ exact: false, atMost: 600, asOf: 600 });
    expect(first.total).toBeLessThan(600);
    const rest = await readParts(`${all}&cursor=${first.nextCursor}`, caller, ports);
    expect(first.total + rest.reduce((sum, { total }) => sum + total, 0)).toBe(600);
  });

  it('rejects a size that is not ready, without an end, with a filter that the log lacks, and of limited callers', async () => {
    const { ports } = await sealedHistory();
    const rejections: [string, object][] = [
      [`${range}&asOf=401`, { code: 'INVALID_PARAMETER', field: 'asOf', message: /at most 400/ }],
      [`${range}&asOf=400&reason=x`, { field: 'asOf', message: /cannot be combined with reason/ }],
      [`${range}&asOf=400&disputed=true`, { field: 'asOf', message: /cannot be combined with disputed/ }],
    ];
    for (const [rawQuery, { message, ...rejection }] of rejections as [string, { message: RegExp }][]) {
      const failure: Error = await ask(rawQuery, ports).then(
        () => new Error('was answered'),
        (error: Error) => error,
      );
      expect(failure).toMatchObject(rejection);
      expect(failure.message).toMatch(message);
    }
    const limited = makeCaller({ accounts: ['123456789012'] });
    await expect(ask(`${range}&asOf=400`, ports, limited)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await ask(range, ports, limited)).not.toHaveProperty('asOf');
  });

  it('fails if a segment is missing, and not if its entries have expired', async () => {
    for (const [expiresAt, isExpired] of [
      [undefined, false],
      [now / 1000 - 1, true],
    ] as const) {
      const log = new SealedLog();
      await log.seal([entryAt(now - hour, 'evt', { expiresAt })], now - hour + minute);
      await log.index(now - hour + minute);
      for (const key of log.objects.objects.keys())
        if (key.endsWith('.json.gz')) log.objects.objects.delete(key);
      const ports = { ...(await summaryPorts([])), countObjects: log.objects };
      const answer = ask(`${range}&asOf=1`, ports);
      if (isExpired) expect(await answer).toMatchObject({ total: 0, exact: true });
      else await expect(answer).rejects.toMatchObject({ code: 'LOG_CONTRADICTED' });
    }
  });
});
