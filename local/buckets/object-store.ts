// The objects of buckets with Object Lock, on disk with all their versions, which fauxqs lacks. Enforces retention and
// the conditions of puts. Knows nothing about HTTP or permissions.
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';

export interface Retention {
  readonly mode: 'GOVERNANCE' | 'COMPLIANCE';
  readonly untilMillis: number;
}

/** A version of an object, or a delete marker. */
export interface ObjectVersion {
  readonly key: string;
  readonly versionId: string;
  readonly isLatest: boolean;
  readonly isDeleteMarker: boolean;
  /** With its quotation marks. */
  readonly etag: string;
  readonly contentType: string;
  readonly size: number;
  readonly lastModifiedMillis: number;
  readonly retention: Retention | undefined;
}

export interface StoredObject extends ObjectVersion {
  readonly body: Buffer;
}

export interface PutOptions {
  readonly contentType: string;
  readonly retention?: Retention | undefined;
  /** `If-None-Match: *`: only if there is no object. */
  readonly isCreateOnly?: boolean;
  /** `If-Match`: only if the object has this ETag. */
  readonly ifMatch?: string | undefined;
}

export interface ListOptions {
  readonly prefix: string;
  readonly startAfter: string;
  readonly limit: number;
}

type Row = Record<string, SQLOutputValue>;

const schema = `
  CREATE TABLE IF NOT EXISTS versions (
    number INTEGER PRIMARY KEY AUTOINCREMENT, bucket TEXT, key TEXT, version TEXT, is_latest INTEGER,
    is_marker INTEGER, etag TEXT, content_type TEXT, body BLOB, modified INTEGER, lock_mode TEXT, locked_until INTEGER
  );
  CREATE INDEX IF NOT EXISTS versions_by_key ON versions (bucket, key, number);`;

const columns = `key, version, is_latest, is_marker, etag, content_type, length(body) AS size, modified,
  lock_mode, locked_until`;

/** All versions of all objects, in the folder `objects` of the data folder. Keys are sorted by their UTF-8 bytes. */
export class ObjectStore {
  readonly #database: DatabaseSync;

  constructor(dataDir: string) {
    const folder = join(dataDir, 'objects');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#database = new DatabaseSync(join(folder, 'objects.db'));
    this.#database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; ${schema}`);
  }

  /** Adds a version. Returns why a condition does not hold otherwise. */
  put(
    bucket: string,
    key: string,
    body: Buffer,
    options: PutOptions,
  ): ObjectVersion | 'precondition-failed' | 'missing' {
    const existing = this.get(bucket, key);
    const isPresent = existing !== undefined && !existing.isDeleteMarker;
    if (options.isCreateOnly && isPresent) return 'precondition-failed';
    if (options.ifMatch !== undefined) {
      if (!isPresent) return 'missing';
      if (options.ifMatch !== existing.etag) return 'precondition-failed';
    }
    const etag = `"${createHash('md5').update(body).digest('hex')}"`;
    return this.#add(bucket, key, { isMarker: false, etag, body, ...options });
  }

  /** Returns the latest version, which can be a delete marker, or the version with this ID. */
  get(bucket: string, key: string, versionId?: string): StoredObject | undefined {
    const [row] =
      versionId === undefined
        ? this.#all(`SELECT ${columns}, body FROM versions WHERE bucket = ? AND key = ? AND is_latest = 1`, [
            bucket,
            key,
          ])
        : this.#all(`SELECT ${columns}, body FROM versions WHERE bucket = ? AND key = ? AND version = ?`, [
            bucket,
            key,
            versionId,
          ]);
    return row && { ...toVersion(row), body: Buffer.from((row.body as Uint8Array | null) ?? []) };
  }

  /** Adds a delete marker, which hides all versions and removes none. */
  hide(bucket: string, key: string): ObjectVersion {
    return this.#add(bucket, key, { isMarker: true, etag: '', body: Buffer.alloc(0), contentType: '' });
  }

  /** Removes a version. Retention that is not bypassed prevents it. */
  remove(bucket: string, key: string, versionId: string, canBypass: boolean): 'removed' | 'locked' {
    const version = this.get(bucket, key, versionId);
    if (version === undefined) return 'removed';
    const { retention } = version;
    const isLocked = retention !== undefined && retention.untilMillis > Date.now();
    if (isLocked && !(canBypass && retention.mode === 'GOVERNANCE')) return 'locked';
    this.#run('DELETE FROM versions WHERE bucket = ? AND key = ? AND version = ?', [bucket, key, versionId]);
    this.#run(
      `UPDATE versions SET is_latest = 1 WHERE number = (
         SELECT MAX(number) FROM versions WHERE bucket = ? AND key = ?)`,
      [bucket, key],
    );
    return 'removed';
  }

  /** The latest versions that are no delete markers. */
  list(bucket: string, { prefix, startAfter, limit }: ListOptions): ObjectVersion[] {
    return this.#all(
      `SELECT ${columns} FROM versions WHERE bucket = ? AND is_latest = 1 AND is_marker = 0 AND key > ? AND key >= ?
         AND substr(key, 1, length(?)) = ? ORDER BY key LIMIT ?`,
      [bucket, startAfter, prefix, prefix, prefix, limit],
    ).map(toVersion);
  }

  /** All versions and delete markers, the newest of each key first. */
  listVersions(bucket: string, { prefix, startAfter, limit }: ListOptions): ObjectVersion[] {
    return this.#all(
      `SELECT ${columns} FROM versions WHERE bucket = ? AND key > ? AND substr(key, 1, length(?)) = ?
         ORDER BY key, number DESC LIMIT ?`,
      [bucket, startAfter, prefix, prefix, limit],
    ).map(toVersion);
  }

  close(): void {
    this.#database.close();
  }

  #add(
    bucket: string,
    key: string,
    version: {
      readonly isMarker: boolean;
      readonly etag: string;
      readonly body: Buffer;
      readonly contentType: string;
      readonly retention?: Retention | undefined;
    },
  ): ObjectVersion {
    const versionId = randomBytes(16).toString('base64url');
    const { isMarker, etag, body, contentType, retention } = version;
    this.#database.exec('BEGIN');
    this.#run('UPDATE versions SET is_latest = 0 WHERE bucket = ? AND key = ? AND is_latest = 1', [
      bucket,
      key,
    ]);
    this.#run(
      `INSERT INTO versions (bucket, key, version, is_latest, is_marker, etag, content_type, body, modified,
         lock_mode, locked_until) VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?)`,
      [
        bucket,
        key,
        versionId,
        isMarker ? 1 : 0,
        etag,
        contentType,
        body,
        Date.now(),
        retention?.mode ?? null,
        retention?.untilMillis ?? null,
      ],
    );
    this.#database.exec('COMMIT');
    const added = this.get(bucket, key, versionId);
    if (added === undefined) throw new Error(`the version ${versionId} of ${key} was not stored`);
    return added;
  }

  #all(sql: string, values: (string | number | null)[]): Row[] {
    return this.#database.prepare(sql).all(...values);
  }

  #run(sql: string, values: (string | number | null | Uint8Array)[]): void {
    this.#database.prepare(sql).run(...values);
  }
}

function toVersion(row: Row): ObjectVersion {
  const mode = row.lock_mode;
  return {
    key: String(row.key),
    versionId: String(row.version),
    isLatest: row.is_latest === 1,
    isDeleteMarker: row.is_marker === 1,
    etag: String(row.etag),
    contentType: String(row.content_type),
    size: Number(row.size),
    lastModifiedMillis: Number(row.modified),
    retention:
      mode === 'GOVERNANCE' || mode === 'COMPLIANCE'
        ? { mode, untilMillis: Number(row.locked_until) }
        : undefined,
  };
}
