import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StreamJournal } from '../../../local/streams/journal.ts';

let dataDir: string;
let journal: StreamJournal;
let nowMillis: number;

const open = (recordsPerShard: number) => {
  journal = new StreamJournal(dataDir, { recordsPerShard, now: () => nowMillis });
  journal.open('entries');
};

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'request-logs-journal-'));
  nowMillis = Date.UTC(2026, 0, 1);
});

afterEach(() => {
  journal.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const change = (key: string, version = 1) => ({
  tableName: 'entries',
  keys: { pk: { S: key } },
  newImage: { pk: { S: key }, n: { N: String(version) } },
});

function add(key: string, version = 1): void {
  const made = change(key, version);
  const [number = 0] = journal.announce([made]);
  journal.settle([{ number, made }]);
}

/** Reads every shard from its start, parents before children, in pages. */
function readAll(limit = 7): string[] {
  return journal.listShards('entries').flatMap(({ id }) => {
    const found: string[] = [];
    for (let after: string | undefined; ; ) {
      const result = journal.read(id, after, limit);
      if (result === undefined || result === 'trimmed') throw new Error(`${id}: ${result}`);
      found.push(...result.records.map(({ newImage }) => JSON.stringify(newImage)));
      if (result.next === undefined || (result.records.length === 0 && result.next === after)) return found;
      after = result.next;
    }
  });
}

describe('StreamJournal', () => {
  it('starts with four shards and returns each change once, across splits', () => {
    open(10);
    expect(journal.listShards('entries')).toHaveLength(4);
    const keys = Array.from({ length: 300 }, (_, index) => `key-${index}`);
    for (const key of keys) add(key);
    const shards = journal.listShards('entries');
    expect(shards.filter(({ parentId }) => parentId !== undefined).length).toBeGreaterThan(10);
    expect(shards.filter((shard) => shard.endingSequenceNumber === undefined)).toHaveLength(8);
    expect(readAll().sort()).toEqual(keys.map((key) => JSON.stringify(change(key).newImage)).sort());
  });

  it('keeps the order of the changes of one key, parents before children', () => {
    open(3);
    for (let version = 1; version <= 20; version++) add('same', version);
    expect(readAll()).toEqual(
      Array.from({ length: 20 }, (_, index) => JSON.stringify(change('same', index + 1).newImage)),
    );
  });

  it('lists the parent of a shard before the shard', () => {
    open(2);
    for (let index = 0; index < 60; index++) add(`key-${index}`);
    const ids = journal.listShards('entries').map(({ id }) => id);
    for (const [index, { parentId }] of journal.listShards('entries').entries()) {
      if (parentId !== undefined) expect(ids.indexOf(parentId)).toBeLessThan(index);
    }
  });

  it('returns the announced changes that were not settled, also after a restart', () => {
    open(10);
    journal.announce([change('a'), change('b')]);
    journal.close();
    open(10);
    expect(journal.openChanges().map(({ keys }) => keys)).toEqual([{ pk: { S: 'a' } }, { pk: { S: 'b' } }]);
    journal.settle(journal.openChanges().map(({ number }) => ({ number, made: undefined })));
    expect(journal.openChanges()).toEqual([]);
    expect(readAll()).toEqual([]);
  });

  it('drops records after 24 hours and names positions that are too old', () => {
    open(100);
    add('a');
    const [shard] = journal.listShards('entries').filter(({ id, startingSequenceNumber }) => {
      return BigInt(journal.latest(id)) >= BigInt(startingSequenceNumber);
    });
    const id = shard?.id ?? '';
    const before = String(BigInt(journal.latest(id)) - 1n);
    const last = journal.latest(id);
    nowMillis += 25 * 60 * 60 * 1000;
    expect(journal.read(id, before, 10)).toBe('trimmed');
    expect(journal.read(id, last, 10)).toEqual({ records: [], next: last });
    expect(readAll()).toEqual([]);
  });

  it('drops closed shards 24 hours after they were closed', () => {
    open(1);
    for (let index = 0; index < 40; index++) add(`key-${index}`);
    const before = journal.listShards('entries').length;
    nowMillis += 25 * 60 * 60 * 1000;
    const after = journal.listShards('entries');
    expect(after.length).toBeLessThan(before);
    expect(after.every(({ endingSequenceNumber }) => endingSequenceNumber === undefined)).toBe(true);
  });
});
