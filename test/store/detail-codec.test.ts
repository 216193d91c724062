import { brotliCompressSync, deflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { toListItem } from '../../core/entry/entry.ts';
import { decodeEntry, encodeDetail, unpackDetail } from '../../store/detail-codec.ts';
import { decodeView, encodeView } from '../../store/view-codec.ts';
import { makeEntry } from '../support/entries.ts';

const bomb = Buffer.alloc(64 * 1024 * 1024);

it.each([
  ['deflate', Buffer.concat([Buffer.of(1), deflateRawSync(bomb)])],
  ['brotli', Buffer.concat([Buffer.of(2), brotliCompressSync(bomb, { params: {} })])],
])('rejects details larger than any event: 64 MB of zeros in %s', (_, stored) => {
  expect(stored.byteLength).toBeLessThan(100_000);
  expect(() => unpackDetail(stored)).toThrow(/larger than|ERR_BUFFER_TOO_LARGE|Cannot create a Buffer/);
});

it.each([{}, { redrivenBy: 'arn:a' }, { redrivenBy: 'arn:a', editedBy: 'arn:b' }])(
  'stores who redrove and who edited the event: %j',
  (redrive) => {
    const made = makeEntry({ eventId: 'e' });
    const entry = { ...made, producer: { ...made.producer, ...redrive } };
    expect(decodeEntry(toListItem(entry), encodeDetail(entry))).toEqual(entry);
  },
);

it.each([
  { workRef: 'OPS-7' },
  { awsRequestIds: [] },
  { awsRequestIds: ['A1B2C3D4E5F6A7B8'], workRef: 'https://tickets.example/7' },
])('stores the work reference, the AWS request IDs and the person acted for: %j', (links) => {
  const { roleKnown: _, ...made } = makeEntry({ eventId: 'e' });
  for (const onBehalfOf of [undefined, { id: 'u-2' }, { id: 'u-2', name: 'Ben' }]) {
    for (const known of [{}, { roleKnown: true }]) {
      const user = { ...made.user, type: 'agent', ...(onBehalfOf && { onBehalfOf }) } as const;
      const entry = { ...made, ...links, ...known, user };
      const view = decodeView('acme', entry.id, encodeView(toListItem(entry)));
      expect(decodeEntry(view, encodeDetail(entry))).toEqual(entry);
    }
  }
});

it.each([true, undefined] as const)('stores whether secrets were declared: %s', (secretsDeclared) => {
  for (const roleKnown of [true, false, undefined]) {
    const { roleKnown: _, ...rest } = makeEntry({ eventId: 'e' });
    const entry = {
      ...rest,
      ...(secretsDeclared && { secretsDeclared }),
      ...(roleKnown !== undefined && { roleKnown }),
    };
    expect(decodeEntry(toListItem(entry), encodeDetail(entry))).toEqual(entry);
  }
});
