import { beforeEach, describe, expect, it } from 'vitest';
import { newPlan, planRepair, requestScan } from '../../../core/log/repair-log.ts';
import { decodeState, encodeState, initialState } from '../../../core/log/sequencer-state.ts';
import { describeItem } from '../../../store/describe-item.ts';
import { makeEntry } from '../../support/entries.ts';
import { now } from '../../support/fixtures.ts';
import { MemorySequencer } from './memory-log.ts';
import { RecordedLog } from './recorded-log.ts';

const hourMillis = 3_600_000;

describe('repairing a log', () => {
  let log: RecordedLog;
  let count: number;

  beforeEach(async () => {
    log = new RecordedLog();
    count = 0;
    await record(3);
    await log.seal();
  });

  /** Records entries of two organizations. */
  async function record(entries: number, recordedAtMillis = now): Promise<void> {
    for (let each = 0; each < entries; each++) {
      count++;
      const parts = { eventId: `event-${count}`, recordedAtMillis };
      await log.record([makeEntry(parts), makeEntry({ ...parts, organizationId: 'globex' })]);
    }
  }

  /** Records entries of which the stream reports nothing. */
  async function recordUnnoticed(entries: number): Promise<void> {
    await log.seal();
    const lengths = log.table.shards.map(({ records }) => records.length);
    await record(entries);
    for (const [at, { records }] of log.table.shards.entries()) records.length = lengths[at] ?? 0;
  }

  async function plan(nowMillis = now + hourMillis) {
    const found = newPlan();
    const ports = { objects: log.objects, entries: log.table, describe: describeItem, nowMillis };
    await planRepair({ ...ports, key: await log.key() }, found, new AbortController().signal);
    return found;
  }

  it('finds nothing to do when every item is sealed', async () => {
    expect(await plan()).toEqual({ logs: 2, items: 6, waiting: 0, unsealed: [], problems: [] });
  });

  it('finds the items that are in no log, and seals them in the next run after the scan was requested', async () => {
    await recordUnnoticed(2);
    await log.seal();
    const before = await plan();
    expect(before).toMatchObject({ items: 10, problems: [] });
    expect(before.unsealed).toHaveLength(4);
    expect(await requestScan(log.sequencer)).toBe('requested');
    await log.seal();
    expect(await plan()).toMatchObject({ items: 10, unsealed: [], problems: [] });
    const page = await log.reader('acme').then((reader) => reader.readHead());
    expect(page?.edge.size).toBe(5);
  });

  it('counts items that were recorded a short time ago as waiting', async () => {
    await record(1, now + hourMillis - 60_000);
    expect(await plan()).toMatchObject({ waiting: 2, unsealed: [] });
  });

  it('reports a changed item, a removed item, and a log that does not match its checkpoint', async () => {
    const [first = '', second = ''] = [...log.table.items.keys()].filter((pk) => pk.startsWith('acme#'));
    log.table.items.set(first, { ...log.table.items.get(first), d: new Uint8Array([1]) });
    log.table.items.delete(second);
    log.objects.objects.set('logs/globex/tile/0/000.p/3', new Uint8Array(96));
    const { problems, unsealed } = await plan();
    expect(unsealed).toHaveLength(1);
    expect(problems.map(({ subject }) => subject)).toEqual([
      'log of globex: tile/0/000.p/3',
      'log of acme: leaf 0',
      'log of acme: leaf 1',
    ]);
  });

  it('expects no item of a leaf that has expired', async () => {
    const expiresAt = Math.floor((now + 2 * 24 * hourMillis) / 1000);
    await log.record([makeEntry({ eventId: 'expiring', expiresAt })]);
    await log.seal();
    const [last = ''] = [...log.table.items.keys()].slice(-1);
    log.table.items.delete(last);
    expect((await plan()).problems).toHaveLength(1);
    expect((await plan(now + 3 * 24 * hourMillis)).problems).toEqual([]);
  });

  it('keeps everything else in the sequencer item', async () => {
    const before = log.sequencer.item?.value ?? '';
    await requestScan(log.sequencer);
    expect(decodeState(log.sequencer.item?.value ?? '')).toEqual({ ...decodeState(before), scan: {} });
  });

  it('loses no entry when a sealer runs at the same time', async () => {
    await recordUnnoticed(1);
    await record(1);
    await log.seal((ports) => ({
      ...ports,
      stream: {
        listShards: async () => {
          await requestScan(log.sequencer);
          return ports.stream.listShards();
        },
        read: (...call) => ports.stream.read(...call),
      },
    }));
    await log.seal();
    expect(await plan()).toMatchObject({ items: 10, unsealed: [], problems: [] });
  });
});

describe('requestScan', () => {
  it('does nothing before the first run of the sealer, which scans the table', async () => {
    expect(await requestScan(new MemorySequencer())).toBe('unneeded');
    expect(initialState.scan).toEqual({});
  });

  it('repeats a write that a sealer overtook, and gives up after several', async () => {
    const sequencer = new MemorySequencer();
    await sequencer.write(encodeState({ ...initialState, scan: undefined }), 0);
    let overtakes = 3;
    const contended = {
      read: () => sequencer.read(),
      write: async (value: string, version: number) => {
        overtakes--;
        return overtakes >= 0 ? ('lost' as const) : sequencer.write(value, version);
      },
    };
    expect(await requestScan(contended)).toBe('requested');
    overtakes = 100;
    expect(await requestScan(contended)).toBe('busy');
  });
});
