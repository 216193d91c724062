// Reads the directory of several accounts side by side, in one order: the organisation's directory is the merge of
// its accounts'.
import { compareSortKeys } from '../storage/keys.ts';
import type { DirectoryRead, DirectoryReader, FoundRow } from '../storage/ports.ts';

/** Rows that one Query reads for a unit, eventually consistent: 8 KiB of about 160 bytes each. */
const minChunkRows = 50;

export interface DirectoryScan extends Omit<DirectoryRead, 'accountId' | 'limit'> {
  readonly accounts: readonly string[];
  /** Rows that will probably be taken; more can be. */
  readonly wanted: number;
  /** Rows that each of so many Queries may read now; with none, the scan ends there. Absent means as many as it likes. */
  readonly maxRows?: ((queries: number) => number) | undefined;
}

/** Yields the rows of one term and value, one of each account that has it, in the order of their position. */
export async function* scanDirectory(
  directory: DirectoryReader,
  organizationId: string,
  { accounts, wanted, maxRows, ...read }: DirectoryScan,
): AsyncGenerator<readonly [FoundRow, ...FoundRow[]]> {
  const share = Math.ceil((2 * wanted) / Math.max(1, accounts.length));
  const usual = Math.min(wanted, Math.max(minChunkRows, share));
  const streams = [...new Set(accounts)].map(
    (accountId) => new RowStream(directory, organizationId, { ...read, accountId }),
  );
  for (;;) {
    for (let dry = streams.filter(isDry); dry.length > 0; dry = dry.filter(isDry)) {
      const limit = Math.min(usual, maxRows?.(dry.length) ?? usual);
      if (limit <= 0) return;
      await Promise.all(dry.map((stream) => stream.readOn(limit)));
    }
    const heads = streams.flatMap(({ head }) => head ?? []);
    const [first, ...others] = heads.sort((a, b) => compareSortKeys(a.position, b.position));
    if (first === undefined) return;
    for (const stream of streams) if (stream.head?.position === first.position) stream.take();
    yield [first, ...others.filter(({ position }) => position === first.position)];
  }
}

const isDry = (stream: RowStream) => stream.isDry;

/** One account's rows, read as they are needed. */
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

  /** Whether the next row is not known before more is read. */
  get isDry(): boolean {
    return this.head === undefined && !this.#isReadToEnd;
  }

  take(): void {
    this.#taken++;
  }

  /** Sends one Query, which may find no row and still not be the last. Must be dry. */
  async readOn(limit: number): Promise<void> {
    const read = { ...this.#read, after: this.#after, limit };
    const { rows, next } = await this.#directory.listValues(this.#organizationId, read);
    this.#rows = rows;
    this.#taken = 0;
    this.#after = next;
    this.#isReadToEnd = next === undefined;
  }
}
