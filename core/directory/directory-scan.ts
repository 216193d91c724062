// Merges the directory rows of several accounts into one sorted stream.
import { compareSortKeys } from '../storage/keys.ts';
import type { DirectoryRead, DirectoryReader, FoundRow } from '../storage/ports.ts';

/** Rows that an eventually consistent Query reads for one unit: 8 KiB of about 160 bytes each. */
const minChunkRows = 50;

/** The rows to read, and how many. */
export interface DirectoryScan extends Omit<DirectoryRead, 'accountId' | 'limit'> {
  readonly accounts: readonly string[];
  /** The expected number of rows that the caller takes. More are possible. */
  readonly expectedRows: number;
  /** Returns the maximum rows for each of the next `queries` Queries; 0 ends the scan. Absent means no limit. */
  readonly maxRows?: ((queries: number) => number) | undefined;
}

/** Yields the rows in order of their position. Rows of several accounts with the same position come together. */
export async function* scanDirectory(
  directory: DirectoryReader,
  organizationId: string,
  { accounts, expectedRows, maxRows, ...read }: DirectoryScan,
): AsyncGenerator<readonly [FoundRow, ...FoundRow[]]> {
  const share = Math.ceil((2 * expectedRows) / Math.max(1, accounts.length));
  const defaultRows = Math.min(expectedRows, Math.max(minChunkRows, share));
  const streams = [...new Set(accounts)].map(
    (accountId) => new RowStream(directory, organizationId, { ...read, accountId }),
  );
  for (;;) {
    for (let empty = streams.filter(needsRead); empty.length > 0; empty = empty.filter(needsRead)) {
      const limit = Math.min(defaultRows, maxRows?.(empty.length) ?? defaultRows);
      if (limit <= 0) return;
      await Promise.all(empty.map((stream) => stream.readChunk(limit)));
    }
    const heads = streams.flatMap(({ head }) => head ?? []);
    const [first, ...others] = heads.sort((a, b) => compareSortKeys(a.position, b.position));
    if (first === undefined) return;
    for (const stream of streams) if (stream.head?.position === first.position) stream.take();
    yield [first, ...others.filter(({ position }) => position === first.position)];
  }
}

const needsRead = (stream: RowStream) => stream.needsRead;

/** Reads the rows of one account on demand. */
class RowStream {
  readonly #directory: DirectoryReader;
  readonly #organizationId: string;
  readonly #read: Omit<DirectoryRead, 'limit'>;
  #rows: readonly FoundRow[] = [];
  #taken = 0;
  #after: string | undefined;
  #isReadToEnd = false;

  constructor(directory: DirectoryReader, organizationId: string, read: Omit<DirectoryRead, 'limit'>) {
    this.#directory = directory;
    this.#organizationId = organizationId;
    this.#read = read;
    this.#after = read.after;
  }

  get head(): FoundRow | undefined {
    return this.#rows[this.#taken];
  }

  /** Whether more must be read before the next row can be determined. */
  get needsRead(): boolean {
    return this.head === undefined && !this.#isReadToEnd;
  }

  take(): void {
    this.#taken++;
  }

  /** Sends one Query, which can return no rows even if it is not the last. Must only be called if `needsRead`. */
  async readChunk(limit: number): Promise<void> {
    const read = { ...this.#read, after: this.#after, limit };
    const { rows, next } = await this.#directory.listValues(this.#organizationId, read);
    this.#rows = rows;
    this.#taken = 0;
    this.#after = next;
    this.#isReadToEnd = next === undefined;
  }
}
