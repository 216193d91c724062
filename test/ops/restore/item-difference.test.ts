import { describe, expect, it } from 'vitest';
import { shardStepsPartitionKey, writeCountPartitionKey } from '../../../core/storage/keys.ts';
import { compareItems } from '../../../ops/restore/item-difference.ts';

describe('compareItems', () => {
  it('treats counters of writes as renewed, and never shard steps', () => {
    const counter = { pk: writeCountPartitionKey('acme', 'user', 'u-1'), sk: 'minute', m: 60_000, c: 3 };
    expect(compareItems(counter, { ...counter, m: 120_000, c: 1 })).toBe('renewed');
    const step = { pk: shardStepsPartitionKey('acme'), sk: 'user#x#2', i: 'user', v: 'u-1', n: 2, f: 60_000 };
    expect(compareItems(step, step)).toBe('same');
    expect(compareItems(step, { ...step, f: 120_000 })).toBe('different');
  });
});
