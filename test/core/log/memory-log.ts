// The ports of the sealed log in memory: a bucket, a sequencer item, a signing key, and a table with a stream.
import { createPrivateKey, createPublicKey, hash, sign } from 'node:crypto';
import type { Sealable } from '../../../core/entry/committed-text.ts';
import type {
  CheckpointSigner,
  EntryScan,
  EntryStream,
  ItemImage,
  LogObject,
  LogObjectOptions,
  LogObjectPage,
  LogObjects,
  ScanPage,
  SequencerItem,
  SequencerStore,
  StreamRead,
  StreamRecord,
  StreamShard,
} from '../../../core/log/ports.ts';

/** A bucket. Fails when a locked object is removed. */
export class MemoryLogObjects implements LogObjects {
  readonly objects = new Map<string, Uint8Array>();
  readonly options = new Map<string, LogObjectOptions>();

  async get(key: string): Promise<LogObject | undefined> {
    const bytes = this.objects.get(key);
    return bytes && { bytes: bytes.slice(), etag: etagOf(bytes) };
  }

  async putNew(key: string, bytes: Uint8Array, options: LogObjectOptions): Promise<'created' | 'exists'> {
    if (this.objects.has(key)) return 'exists';
    this.#put(key, bytes, options);
    return 'created';
  }

  async replace(
    key: string,
    bytes: Uint8Array,
    etag: string | undefined,
    options: LogObjectOptions,
  ): Promise<'replaced' | 'lost'> {
    const current = this.objects.get(key);
    if ((current && etagOf(current)) !== etag) return 'lost';
    this.#put(key, bytes, options);
    return 'replaced';
  }

  async list(prefix: string, startAfter = ''): Promise<LogObjectPage> {
    const keys = [...this.objects.keys()].filter((key) => key.startsWith(prefix) && key > startAfter).sort();
    return { keys: keys.slice(0, pageKeys), hasMore: keys.length > pageKeys };
  }

  async listFolders(prefix: string): Promise<readonly string[]> {
    const names = [...this.objects.keys()]
      .filter((key) => key.startsWith(prefix) && key.includes('/', prefix.length))
      .map((key) => key.slice(prefix.length, key.indexOf('/', prefix.length)));
    return [...new Set(names)].sort();
  }

  async remove(key: string): Promise<void> {
    if (this.options.get(key)?.lockUntilMillis !== undefined) throw new Error(`${key} is locked`);
    this.objects.delete(key);
  }

  #put(key: string, bytes: Uint8Array, options: LogObjectOptions): void {
    this.objects.set(key, bytes.slice());
    this.options.set(key, options);
  }
}

/** Smaller than in S3, so that listings have several pages. */
const pageKeys = 5;

function etagOf(bytes: Uint8Array): string {
  return hash('md5', bytes, 'hex');
}

/** A sequencer item. */
export class MemorySequencer implements SequencerStore {
  item: SequencerItem | undefined;

  async read(): Promise<SequencerItem | undefined> {
    return this.item;
  }

  async write(value: string, expectedVersion: number): Promise<'written' | 'lost'> {
    if ((this.item?.version ?? 0) !== expectedVersion) return 'lost';
    this.item = { value, version: expectedVersion + 1 };
    return 'written';
  }
}

/** A key that is the same in every test. Keeps what it signed. */
export class MemorySigner implements CheckpointSigner {
  readonly signed: string[] = [];
  readonly #key: ReturnType<typeof createPrivateKey>;

  constructor(seed = 7) {
    const pkcs8 = Buffer.concat([
      Buffer.from('302e020100300506032b657004220420', 'hex'),
      Buffer.alloc(32, seed),
    ]);
    this.#key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  }

  async publicKey(): Promise<Uint8Array> {
    return new Uint8Array(createPublicKey(this.#key).export({ format: 'der', type: 'spki' }).subarray(-32));
  }

  async sign(message: Uint8Array): Promise<Uint8Array> {
    this.signed.push(Buffer.from(message).toString());
    return new Uint8Array(sign(null, message, this.#key));
  }
}

interface MemoryShard extends StreamShard {
  isClosed: boolean;
  /** The records before this one have expired. */
  trimmed: number;
  readonly records: StreamRecord[];
}

/** A table whose items are `{ pk, text, at }`, and its stream. The records of one key are in order, across splits. */
export class MemoryTable implements EntryStream, EntryScan {
  readonly items = new Map<string, ItemImage>();
  readonly shards: MemoryShard[] = [];
  #sequence = 0;

  constructor(shards = 2) {
    for (let index = 0; index < shards; index++) this.#addShard(undefined);
  }

  insert(item: ItemImage): void {
    this.items.set(String(item.pk), item);
    this.record({ kind: 'INSERT', byTtl: false, newImage: item }, String(item.pk));
  }

  modify(item: ItemImage): void {
    const oldImage = this.items.get(String(item.pk)) ?? {};
    this.items.set(String(item.pk), item);
    this.record({ kind: 'MODIFY', byTtl: false, newImage: item, oldImage }, String(item.pk));
  }

  remove(pk: string, byTtl = false): void {
    const oldImage = this.items.get(pk) ?? {};
    this.items.delete(pk);
    this.record({ kind: 'REMOVE', byTtl, oldImage }, pk);
  }

  record(record: Omit<StreamRecord, 'sequenceNumber'>, key: string): void {
    const open = this.shards.filter(({ isClosed }) => !isClosed);
    const shard = open[Number.parseInt(hash('md5', key, 'hex').slice(0, 8), 16) % open.length];
    shard?.records.push({ ...record, sequenceNumber: this.#nextSequence() });
  }

  /** Closes an open shard. One or two shards follow it. */
  split(which: number, children: 1 | 2): void {
    const open = this.shards.filter(({ isClosed }) => !isClosed);
    const parent = open[which % open.length];
    if (parent === undefined) return;
    parent.isClosed = true;
    for (let child = 0; child < children; child++) this.#addShard(parent.id);
  }

  /** Removes the items and the records that the sealer has read, to save memory. The items stay in the log. */
  forget(): void {
    this.items.clear();
    for (const shard of this.shards) {
      shard.records.splice(0, shard.records.length - 1);
      shard.trimmed = 0;
    }
  }

  /** Removes all records, and the closed shards, as after 24 hours. */
  expireRecords(): void {
    for (const shard of this.shards) shard.trimmed = shard.records.length;
    this.shards.splice(0, this.shards.length, ...this.shards.filter(({ isClosed }) => !isClosed));
  }

  async listShards(): Promise<readonly StreamShard[]> {
    return this.shards.map(({ id, parentId }) => (parentId === undefined ? { id } : { id, parentId }));
  }

  async read(shardId: string, after: string, limit: number): Promise<StreamRead> {
    const shard = this.shards.find(({ id }) => id === shardId);
    if (shard === undefined) return { status: 'trimmed' };
    const from = after === 'start' ? shard.trimmed : shard.records.findIndex((r) => r.sequenceNumber > after);
    const start = from === -1 ? shard.records.length : from;
    if (start < shard.trimmed) return { status: 'trimmed' };
    const records = shard.records.slice(start, start + limit);
    const isEnd = start + records.length >= shard.records.length;
    const next = records.at(-1)?.sequenceNumber ?? after;
    return { status: 'read', records, next, isAtEnd: isEnd && shard.isClosed, isCaughtUp: isEnd };
  }

  async scan(after: string | undefined, limit: number): Promise<ScanPage> {
    const keys = [...this.items.keys()].sort().filter((key) => after === undefined || key > after);
    const page = keys.slice(0, limit);
    const items = page.map((key) => this.items.get(key) ?? {});
    return { items, next: keys.length > limit ? page.at(-1) : undefined };
  }

  #addShard(parentId: string | undefined): void {
    const id = `shard-${this.#nextSequence()}`;
    const parent = parentId === undefined ? {} : { parentId };
    this.shards.push({ id, ...parent, isClosed: false, trimmed: 0, records: [] });
  }

  #nextSequence(): string {
    this.#sequence++;
    return String(this.#sequence).padStart(9, '0');
  }
}

/** Describes the items of `MemoryTable`. */
export function describeMemoryItem(item: ItemImage): Sealable | undefined {
  const { pk, text, at } = item;
  if (typeof text !== 'string' || typeof at !== 'number') return undefined;
  const organizationId = String(pk).split('#')[0] ?? '';
  return {
    kind: 'entry',
    entryId: String(pk),
    organizationId,
    recordedAtMillis: at,
    nonce: new Uint8Array(16),
    text,
  };
}
