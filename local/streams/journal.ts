// The records of DynamoDB streams on disk: which shards exist, and which changes each contains. Knows nothing about
// tables or clients. A change is first announced and then confirmed, so that a killed process loses none.
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';

/** Attributes in the JSON of DynamoDB's API, such as `{ "pk": { "S": "a" } }`. */
export type Attributes = Readonly<Record<string, unknown>>;

/** A change of one item. */
export interface Change {
  readonly tableName: string;
  readonly keys: Attributes;
  readonly oldImage?: Attributes | undefined;
  readonly newImage?: Attributes | undefined;
}

export interface StreamRecord extends Change {
  readonly sequenceNumber: string;
  readonly createdAtMillis: number;
}

export interface Shard {
  readonly id: string;
  readonly parentId: string | undefined;
  readonly startingSequenceNumber: string;
  /** Absent while the shard is open. */
  readonly endingSequenceNumber: string | undefined;
}

/** A change that was announced and neither confirmed nor withdrawn when the process ended. */
export interface OpenChange extends Change {
  readonly number: number;
}

export interface JournalOptions {
  /** Records after which a shard closes and gets one or two successors. @default 1,000 */
  readonly recordsPerShard?: number;
  readonly now?: () => number;
}

export interface ReadResult {
  readonly records: readonly StreamRecord[];
  /** The sequence number to continue after. Absent when the shard is closed and was read to its end. */
  readonly next: string | undefined;
}

const initialShards = 4;
const maxOpenShards = 8;
const hashes = 2 ** 32;

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html */
const retentionMillis = 24 * 60 * 60 * 1000;
const trimIntervalMillis = 60_000;

/** Sequence numbers have 21 digits, as on AWS, and are compared as integers. */
const sequenceBase = 100_000_000_000_000_000_000n;
const toSequenceNumber = (number: number) => String(sequenceBase + BigInt(number));
const fromSequenceNumber = (text: string) => Number(BigInt(text) - sequenceBase);

const schema = `
  CREATE TABLE IF NOT EXISTS shards (
    number INTEGER PRIMARY KEY AUTOINCREMENT, table_name TEXT, id TEXT UNIQUE, parent TEXT,
    low INTEGER, high INTEGER, first INTEGER, last INTEGER, closed_at INTEGER, trimmed INTEGER, records INTEGER
  );
  CREATE TABLE IF NOT EXISTS records (
    number INTEGER PRIMARY KEY AUTOINCREMENT, shard TEXT, keys TEXT, old_image TEXT, new_image TEXT, at INTEGER
  );
  CREATE INDEX IF NOT EXISTS records_of_shard ON records (shard, number);
  CREATE TABLE IF NOT EXISTS open_changes (
    number INTEGER PRIMARY KEY AUTOINCREMENT, table_name TEXT, keys TEXT, old_image TEXT, new_image TEXT
  );`;

type Row = Record<string, SQLOutputValue>;

/** The journal of all streams, in the folder `streams` of the data folder. */
export class StreamJournal {
  readonly #database: DatabaseSync;
  readonly #recordsPerShard: number;
  readonly #now: () => number;
  #trimmedAtMillis = 0;

  constructor(dataDir: string, { recordsPerShard = 1_000, now = Date.now }: JournalOptions = {}) {
    const folder = join(dataDir, 'streams');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#database = new DatabaseSync(join(folder, 'journal.db'));
    // The operating system writes the files, so that a killed process loses nothing.
    this.#database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; ${schema}`);
    this.#recordsPerShard = recordsPerShard;
    this.#now = now;
  }

  /** Creates the first shards of a table's stream, unless it exists. */
  open(tableName: string): void {
    if (this.listShards(tableName).length > 0) return;
    const width = hashes / initialShards;
    this.#transaction(() => {
      for (let low = 0; low < hashes; low += width) {
        this.#openShard({ tableName, parent: null, low, high: low + width, first: 1 });
      }
    });
  }

  /** Announces changes before they are made. Returns a number for each. */
  announce(changes: readonly Change[]): number[] {
    return this.#transaction(() =>
      changes.map(({ tableName, keys, oldImage, newImage }) =>
        Number(
          this.#run('INSERT INTO open_changes (table_name, keys, old_image, new_image) VALUES (?, ?, ?, ?)', [
            tableName,
            canonicalKeys(keys),
            oldImage === undefined ? null : JSON.stringify(oldImage),
            newImage === undefined ? null : JSON.stringify(newImage),
          ]),
        ),
      ),
    );
  }

  /** Adds the announced changes that were made to their shards, and forgets the others. */
  settle(changes: readonly { readonly number: number; readonly made: Change | undefined }[]): void {
    this.#transaction(() => {
      for (const { number, made } of changes) {
        this.#run('DELETE FROM open_changes WHERE number = ?', [number]);
        if (made !== undefined) this.#append(made);
      }
    });
  }

  /** The changes whose result is unknown because the process ended. */
  openChanges(): OpenChange[] {
    return this.#all('SELECT * FROM open_changes ORDER BY number', []).map((row) => ({
      number: Number(row.number),
      tableName: String(row.table_name),
      ...imagesOf(row),
    }));
  }

  /** All shards from which records can still be read, parents before children. */
  listShards(tableName: string): Shard[] {
    this.#trim();
    return this.#all('SELECT * FROM shards WHERE table_name = ? ORDER BY number', [tableName]).map((row) => ({
      id: String(row.id),
      parentId: row.parent === null ? undefined : String(row.parent),
      startingSequenceNumber: toSequenceNumber(Number(row.first)),
      endingSequenceNumber: row.last === null ? undefined : toSequenceNumber(Number(row.last)),
    }));
  }

  /**
   * Reads records of a shard after a sequence number, or from its oldest record. Returns `trimmed` when records after
   * the sequence number no longer exist, and `undefined` for an unknown shard.
   */
  read(shardId: string, after: string | undefined, limit: number): ReadResult | 'trimmed' | undefined {
    this.#trim();
    const [shard] = this.#all('SELECT * FROM shards WHERE id = ?', [shardId]);
    if (shard === undefined) return undefined;
    const oldest = Math.max(Number(shard.trimmed), Number(shard.first) - 1);
    const from = after === undefined ? oldest : fromSequenceNumber(after);
    if (from < Number(shard.trimmed)) return 'trimmed';
    const rows = this.#all('SELECT * FROM records WHERE shard = ? AND number > ? ORDER BY number LIMIT ?', [
      shardId,
      from,
      limit,
    ]);
    const records = rows.map((row) => ({
      tableName: String(shard.table_name),
      sequenceNumber: toSequenceNumber(Number(row.number)),
      createdAtMillis: Number(row.at),
      ...imagesOf(row),
    }));
    const last = records.at(-1)?.sequenceNumber ?? toSequenceNumber(from);
    const isRead = shard.last !== null && fromSequenceNumber(last) >= Number(shard.last);
    return { records, next: isRead ? undefined : last };
  }

  /** The sequence number of the newest record of a shard, or the one before its first record. */
  latest(shardId: string): string {
    const [row] = this.#all('SELECT first, trimmed FROM shards WHERE id = ?', [shardId]);
    const [record] = this.#all('SELECT MAX(number) AS number FROM records WHERE shard = ?', [shardId]);
    const none = Math.max(Number(row?.trimmed ?? 0), Number(row?.first ?? 1) - 1);
    return toSequenceNumber(Number(record?.number ?? none));
  }

  close(): void {
    this.#database.close();
  }

  #append({ tableName, keys, oldImage, newImage }: Change): void {
    const text = canonicalKeys(keys);
    const hash = createHash('sha256').update(text).digest().readUInt32BE(0);
    const [shard] = this.#all(
      'SELECT * FROM shards WHERE table_name = ? AND last IS NULL AND low <= ? AND high > ?',
      [tableName, hash, hash],
    );
    if (shard === undefined) throw new Error(`the table ${tableName} has no stream`);
    const number = Number(
      this.#run('INSERT INTO records (shard, keys, old_image, new_image, at) VALUES (?, ?, ?, ?, ?)', [
        String(shard.id),
        text,
        oldImage === undefined ? null : JSON.stringify(oldImage),
        newImage === undefined ? null : JSON.stringify(newImage),
        this.#now(),
      ]),
    );
    this.#run('UPDATE shards SET records = records + 1 WHERE id = ?', [String(shard.id)]);
    if (Number(shard.records) + 1 >= this.#recordsPerShard) this.#replaceShard(shard, number);
  }

  /** Closes a full shard. Two shards succeed it while there are few open shards, and otherwise one. */
  #replaceShard(shard: Row, last: number): void {
    const tableName = String(shard.table_name);
    const parent = String(shard.id);
    this.#run('UPDATE shards SET last = ?, closed_at = ? WHERE id = ?', [last, this.#now(), parent]);
    const [open] = this.#all('SELECT COUNT(*) AS count FROM shards WHERE table_name = ? AND last IS NULL', [
      tableName,
    ]);
    const [low, high] = [Number(shard.low), Number(shard.high)];
    const middle = Math.floor((low + high) / 2);
    const ranges =
      Number(open?.count) + 2 <= maxOpenShards
        ? [
            [low, middle],
            [middle, high],
          ]
        : [[low, high]];
    for (const [from = low, to = high] of ranges) {
      this.#openShard({ tableName, parent, low: from, high: to, first: last + 1 });
    }
  }

  #openShard(shard: { tableName: string; parent: string | null; low: number; high: number; first: number }) {
    const { tableName, parent, low, high, first } = shard;
    const number = Number(
      this.#run(
        'INSERT INTO shards (table_name, parent, low, high, first, trimmed, records) VALUES (?, ?, ?, ?, ?, 0, 0)',
        [tableName, parent, low, high, first],
      ),
    );
    const suffix = createHash('sha256').update(`${tableName}/${number}`).digest('hex').slice(0, 8);
    const id = `shardId-${String(this.#now()).padStart(20, '0')}-${suffix}`;
    this.#run('UPDATE shards SET id = ? WHERE number = ?', [id, number]);
  }

  /** Removes records after 24 hours, and closed shards 24 hours after they were closed. */
  #trim(): void {
    const now = this.#now();
    if (now - this.#trimmedAtMillis < trimIntervalMillis) return;
    this.#trimmedAtMillis = now;
    const oldest = now - retentionMillis;
    this.#transaction(() => {
      const expired = this.#all(
        'SELECT shard, MAX(number) AS number FROM records WHERE at < ? GROUP BY shard',
        [oldest],
      );
      for (const { shard, number } of expired) {
        this.#run('UPDATE shards SET trimmed = ? WHERE id = ?', [Number(number), String(shard)]);
      }
      this.#run('DELETE FROM records WHERE at < ?', [oldest]);
      this.#run('DELETE FROM shards WHERE closed_at < ?', [oldest]);
    });
  }

  #transaction<Result>(act: () => Result): Result {
    this.#database.exec('BEGIN');
    try {
      const result = act();
      this.#database.exec('COMMIT');
      return result;
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  #all(sql: string, values: (string | number | null)[]): Row[] {
    return this.#database.prepare(sql).all(...values);
  }

  #run(sql: string, values: (string | number | null)[]): number | bigint {
    return this.#database.prepare(sql).run(...values).lastInsertRowid;
  }
}

/** The keys as JSON with sorted names, so that equal keys have equal texts. */
function canonicalKeys(keys: Attributes): string {
  return JSON.stringify(
    Object.fromEntries(Object.entries(keys).sort(([one], [other]) => (one < other ? -1 : 1))),
  );
}

function imagesOf(row: Row): Pick<Change, 'keys' | 'oldImage' | 'newImage'> {
  const parse = (value: SQLOutputValue | undefined) =>
    typeof value === 'string' ? (JSON.parse(value) as Attributes) : undefined;
  return { keys: parse(row.keys) ?? {}, oldImage: parse(row.old_image), newImage: parse(row.new_image) };
}
