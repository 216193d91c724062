// Tests the storm's verifier: it accepts a correct recording and detects each possible error.
import { beforeAll, describe, expect, it } from 'vitest';
import { type IndexKey, indexNames, indexPartitionAttributes } from '../../core/storage/table-attributes.ts';
import { MemoryOverflowStore } from '../../store/memory-overflow-store.ts';
import { Discrepancies } from './discrepancies.ts';
import type { ExpectedEntry } from './expected-entry.ts';
import { poisonKinds } from './poison.ts';
import { type Recorded, recordAll } from './recorded.ts';
import type { StormEvent } from './storm-event.ts';
import { verifyDirectory } from './verify-directory.ts';
import { EntryVerifier } from './verify-entries.ts';
import { verifyDeadLetters, verifyRejected } from './verify-queues.ts';

type Item = Record<string, unknown>;

let recorded: Recorded;
beforeAll(async () => {
  recorded = await recordAll(11, 1200);
}, 300_000);

async function* each(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items;
}

/** Returns everything that the verifier finds wrong with the recorded state after `changes`. */
async function verify(
  changes: Partial<Recorded & { index: (items: Item[]) => Item[] }> = {},
): Promise<string[]> {
  const { expected, items, overflow, rows, rejected, deadLetters } = { ...recorded, ...changes };
  const wrong = new Discrepancies();
  const entries = new EntryVerifier(expected, wrong, overflow);
  await entries.verifyTable(each(items));
  for (const index of Object.keys(indexNames) as IndexKey[]) {
    const inIndex = items
      .filter((item) => item[indexPartitionAttributes[index]] !== undefined)
      .map((item) => ({ ...item, d: undefined }));
    await entries.verifyIndex(
      index,
      each(index === 'user' ? (changes.index ?? ((all) => all))(inIndex) : inIndex),
    );
  }
  await verifyDirectory(each(rows), expected, entries.found, wrong);
  verifyRejected(rejected, expected, entries.found, wrong);
  verifyDeadLetters(deadLetters, expected, wrong);
  return wrong.count === 0 ? [] : wrong.lines();
}

const changeFirst = (items: readonly Item[], change: Item): Item[] => [
  { ...items[0], ...change },
  ...items.slice(1),
];

describe("the storm's events", () => {
  it('include every kind of invalid event and contested identities', () => {
    const events = [...recorded.expected.events()];
    const kinds = new Set(events.map(({ poison }) => poison?.kind));
    expect(poisonKinds.filter((kind) => !kinds.has(kind))).toEqual([]);
    expect(events.some(({ rival }) => rival !== undefined)).toBe(true);
  });
});

describe('the verifier', () => {
  it('accepts what the recorder makes of the events', async () => {
    expect(await verify()).toEqual([]);
  });

  it('detects a lost entry', async () => {
    expect((await verify({ items: recorded.items.slice(1) })).join()).toContain('a valid event has no entry');
  });

  it('detects states that are missing in the bucket', async () => {
    const found = await verify({ overflow: new MemoryOverflowStore() });
    expect(found.join()).toContain('an item is not an entry');
  });

  it('detects an entry under a different key', async () => {
    const twin = { ...recorded.items[0], pk: 'acme#0000000000000000', id: '01KA0000000000000000000000' };
    expect((await verify({ items: [...recorded.items, twin] })).join()).toContain(
      'an entry has a different id or content hash',
    );
  });

  it('detects a duplicate entry', async () => {
    const { items } = recorded;
    expect((await verify({ items: [...items, { ...items[0] }] })).join()).toContain(
      'an event has two entries',
    );
  });

  it('detects the content of another entry', async () => {
    const { items } = recorded;
    expect((await verify({ items: changeFirst(items, { d: items[1]?.d }) })).join()).toContain('an entry');
  });

  it('detects a changed field of the list view', async () => {
    const view = { ...(recorded.items[0]?.v as Item), r: 'eu-north-1' };
    const found = await verify({ items: changeFirst(recorded.items, { v: view }) });
    expect(found.join()).toContain('an entry has fields that differ from its event');
  });

  it('detects a wrong index key', async () => {
    const found = await verify({ items: changeFirst(recorded.items, { u: 'acme#u-0#0' }) });
    expect(found.join()).toContain('an index key differs');
  });

  it('detects an index that lacks an entry', async () => {
    expect((await verify({ index: (items) => items.slice(1) })).join()).toContain(
      'an entry is not in byUser',
    );
  });

  it('detects an index with more entries than the table', async () => {
    const found = await verify({
      index: (items) => [...items, { ...items[0], id: '01KA0000000000000000000000' }],
    });
    expect(found.join()).toContain('an index has an entry that the table lacks');
  });

  it('detects an index with a wrong list view or partition', async () => {
    const found = await verify({
      index: ([first, second, ...rest]) => [
        { ...first, v: second?.v },
        { ...second, u: 'acme#u-0#0' },
        ...rest,
      ],
    });
    expect(found.join()).toContain('an index has a different list view');
    expect(found.join()).toContain('an index has an entry in the wrong partition');
  });

  it('detects a conflicting event that is missing, kept twice, or different', async () => {
    const isKept = (item: Item) => String(item.pk).includes('#dispute#');
    const [first] = recorded.items.filter(isKept);
    const others = recorded.items.filter((item) => item !== first);
    expect((await verify({ items: others })).join()).toContain('a conflicting event is not kept');
    const again = { ...first, pk: String(first?.pk).replace('#dispute#0', '#dispute#1') };
    const twice = (await verify({ items: [...recorded.items, again] })).join();
    expect(twice).toContain('a dispute is kept twice');
    expect(twice).toContain('a dispute has a different key');
    const { d, di, dv } = others.filter(isKept)[0] ?? {};
    const other = (await verify({ items: [...others, { ...first, d, di, dv }] })).join();
    expect(other).toContain('a dispute belongs to another event');
  });

  it('detects a missing and an invented directory row', async () => {
    const found = await verify({
      rows: [...recorded.rows.slice(1), { pk: 'acme#users#123456789012', sk: 'eve#u-0' }],
    });
    expect(found.join()).toContain('the directory lacks a row');
    expect(found.join()).toContain('the directory has a row without an event');
  });

  it("detects a missing row of the recorded content, and requires none of its rival's rows", async () => {
    const { expected } = recorded;
    const isRival = ({ rival }: StormEvent) => (rival?.target as Item | undefined)?.name === 'rival-db';
    const event = [...expected.events()].find(isRival) as StormEvent;
    const { rows } = recorded;
    // An event that conflicts with a recorded entry adds no directory rows.
    expect(rows.map(({ sk }) => sk)).not.toContain('rival-db#rival-db');
    expect(await verify({ rows })).toEqual([]);

    const wrong = new Discrepancies();
    const { id, partitions, fields } = expected.entries(event)[1] as ExpectedEntry;
    const contentHash = String(fields.contentHash);
    const won = new Map([[id, { number: event.number, id, partitions, viewDigest: '', contentHash }]]);
    await verifyDirectory(each(rows), expected, won, wrong);
    expect(wrong.kinds).toEqual(['the directory lacks a row']);
  });

  it('detects a rejected event that is missing, and one with a different reason', async () => {
    const [first, second, ...rest] = recorded.rejected;
    const other = { ...second, body: String(second?.body).replace(/"code":"[A-Z_]+"/, '"code":"OTHER"') };
    const found = await verify({ rejected: [other as (typeof rest)[number], ...rest] });
    expect(found.join()).toContain('an invalid event is not in the rejected queue');
    expect(found.join()).toContain('an event is rejected for a different reason');
    expect(first).toBeDefined();
  });

  it('detects a rival that overwrote the entry', async () => {
    const contested = [...recorded.expected.events()].find(({ rival }) => rival !== undefined);
    const conflicts = recorded.rejected.filter(({ body }) => body.includes(`"storm-${contested?.number}"`));
    expect(conflicts).toHaveLength(1);
    // Simulates that the recorded content was rejected.
    const swapped = conflicts.map((message) => {
      const rejection = JSON.parse(message.body);
      rejection.event.detail = contested?.detail;
      return {
        ...message,
        body: JSON.stringify(rejection).replaceAll(/Cnry[A-Za-z0-9]{24}/g, '[REDACTED:1]'),
      };
    });
    const found = await verify({ rejected: [...recorded.rejected, ...swapped] });
    expect(found.join()).toContain('the recorded content is also rejected');
  });

  it('detects dead letters that are missing, left over, or under a different code', async () => {
    const [first, ...rest] = recorded.deadLetters;
    const missing = await verify({ deadLetters: rest });
    expect(missing.join()).toContain('a body that cannot be redacted is not in the dead-letter queue');
    const left = await verify({
      deadLetters: [...recorded.deadLetters, { body: '{}', messageAttributes: {} }],
    });
    expect(left.join()).toContain('a recordable dead letter remains');
    const uncoded = await verify({
      deadLetters: [{ body: first?.body ?? '', messageAttributes: {} }, ...rest],
    });
    expect(uncoded.join()).toContain('a dead letter has a different code');
  });

  it('detects a secret in the rejected queue', async () => {
    const [first, ...rest] = recorded.rejected;
    const leaky = {
      ...first,
      body: `${first?.body}`.replace('"rejectedAt"', `"x":"Cnry${'a'.repeat(24)}","rejectedAt"`),
    };
    const found = await verify({ rejected: [leaky as (typeof rest)[number], ...rest] });
    expect(found.join()).toContain('the rejected queue contains a secret');
  });
});
