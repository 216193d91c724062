// The storm's verifier: it agrees with the recorder where nothing went wrong, and sees each thing that may.
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

/** Everything that is found to be wrong with the recorded state, `changes` in place of its parts. */
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

describe('the storm’s events', () => {
  it('hold every kind of poison and contested identities', () => {
    const events = [...recorded.expected.events()];
    const kinds = new Set(events.map(({ poison }) => poison?.kind));
    expect(poisonKinds.filter((kind) => !kinds.has(kind))).toEqual([]);
    expect(events.some(({ rival }) => rival !== undefined)).toBe(true);
  });
});

describe('the verifier', () => {
  it('finds nothing wrong with what the recorder makes of the events', async () => {
    expect(await verify()).toEqual([]);
  });

  it('sees a lost entry', async () => {
    expect((await verify({ items: recorded.items.slice(1) })).join()).toContain('a valid event is no entry');
  });

  it('sees states that are not in the bucket', async () => {
    const found = await verify({ overflow: new MemoryOverflowStore() });
    expect(found.join()).toContain('an item is no entry');
  });

  it('sees an entry under another key', async () => {
    const twin = { ...recorded.items[0], pk: 'acme#0000000000000000', id: '01KA0000000000000000000000' };
    expect((await verify({ items: [...recorded.items, twin] })).join()).toContain(
      'an entry has another id or content hash',
    );
  });

  it('sees an entry that is there twice', async () => {
    const { items } = recorded;
    expect((await verify({ items: [...items, { ...items[0] }] })).join()).toContain(
      'an event is two entries',
    );
  });

  it('sees the content of another entry', async () => {
    const { items } = recorded;
    expect((await verify({ items: changeFirst(items, { d: items[1]?.d }) })).join()).toContain('an entry');
  });

  it('sees one changed field of the list view', async () => {
    const view = { ...(recorded.items[0]?.v as Item), r: 'eu-north-1' };
    const found = await verify({ items: changeFirst(recorded.items, { v: view }) });
    expect(found.join()).toContain('an entry has other fields than its event');
  });

  it('sees an index key that is not the entry’s', async () => {
    const found = await verify({ items: changeFirst(recorded.items, { u: 'acme#u-0#0' }) });
    expect(found.join()).toContain('an index key is another');
  });

  it('sees an index that misses an entry', async () => {
    expect((await verify({ index: (items) => items.slice(1) })).join()).toContain(
      'an entry is not in byUser',
    );
  });

  it('sees an index that holds more than the table', async () => {
    const found = await verify({
      index: (items) => [...items, { ...items[0], id: '01KA0000000000000000000000' }],
    });
    expect(found.join()).toContain('an index holds what the table does not');
  });

  it('sees an index that shows another view or partition', async () => {
    const found = await verify({
      index: ([first, second, ...rest]) => [
        { ...first, v: second?.v },
        { ...second, u: 'acme#u-0#0' },
        ...rest,
      ],
    });
    expect(found.join()).toContain('an index shows another view');
    expect(found.join()).toContain('an index has an entry elsewhere');
  });

  it('sees a missing and an invented directory row', async () => {
    const found = await verify({
      rows: [...recorded.rows.slice(1), { pk: 'acme#users#123456789012', sk: 'eve#u-0' }],
    });
    expect(found.join()).toContain('the directory misses a row');
    expect(found.join()).toContain('the directory has a row of no event');
  });

  it('sees a missing row of the content that was recorded, and asks for none of its rival’s', async () => {
    const { expected } = recorded;
    const isRival = ({ rival }: StormEvent) => (rival?.target as Item | undefined)?.name === 'rival-db';
    const event = [...expected.events()].find(isRival) as StormEvent;
    const { rows } = recorded;
    // The directory learns nothing from an event that conflicts with a recorded entry.
    expect(rows.map(({ sk }) => sk)).not.toContain('rival-db#rival-db');
    expect(await verify({ rows })).toEqual([]);

    const wrong = new Discrepancies();
    const { id, partitions, fields } = expected.entries(event)[1] as ExpectedEntry;
    const contentHash = String(fields.contentHash);
    const won = new Map([[id, { number: event.number, id, partitions, viewDigest: '', contentHash }]]);
    await verifyDirectory(each(rows), expected, won, wrong);
    expect(wrong.kinds).toEqual(['the directory misses a row']);
  });

  it('sees a rejected event that is nowhere, and one with another reason', async () => {
    const [first, second, ...rest] = recorded.rejected;
    const other = { ...second, body: String(second?.body).replace(/"code":"[A-Z_]+"/, '"code":"OTHER"') };
    const found = await verify({ rejected: [other as (typeof rest)[number], ...rest] });
    expect(found.join()).toContain('an invalid event is not in the rejected queue');
    expect(found.join()).toContain('an event is rejected for another reason');
    expect(first).toBeDefined();
  });

  it('sees a rival that overwrote the entry', async () => {
    const contested = [...recorded.expected.events()].find(({ rival }) => rival !== undefined);
    const conflicts = recorded.rejected.filter(({ body }) => body.includes(`"storm-${contested?.number}"`));
    expect(conflicts).toHaveLength(1);
    // As if the content that stands in the table had been refused.
    const swapped = conflicts.map((message) => {
      const rejection = JSON.parse(message.body);
      rejection.event.detail = contested?.detail;
      return {
        ...message,
        body: JSON.stringify(rejection).replaceAll(/Cnry[A-Za-z0-9]{24}/g, '[REDACTED:1]'),
      };
    });
    const found = await verify({ rejected: [...recorded.rejected, ...swapped] });
    expect(found.join()).toContain('the content that was recorded is also rejected');
  });

  it('sees dead letters that are missing, left or under another code', async () => {
    const [first, ...rest] = recorded.deadLetters;
    const missing = await verify({ deadLetters: rest });
    expect(missing.join()).toContain('a body that cannot be redacted is not in the dead letters');
    const left = await verify({
      deadLetters: [...recorded.deadLetters, { body: '{}', messageAttributes: {} }],
    });
    expect(left.join()).toContain('a dead letter is left that could be recorded');
    const uncoded = await verify({
      deadLetters: [{ body: first?.body ?? '', messageAttributes: {} }, ...rest],
    });
    expect(uncoded.join()).toContain('a dead letter has another code');
  });

  it('sees a secret in the rejected queue', async () => {
    const [first, ...rest] = recorded.rejected;
    const leaky = {
      ...first,
      body: `${first?.body}`.replace('"rejectedAt"', `"x":"Cnry${'a'.repeat(24)}","rejectedAt"`),
    };
    const found = await verify({ rejected: [leaky as (typeof rest)[number], ...rest] });
    expect(found.join()).toContain('the rejected queue holds a secret');
  });
});
