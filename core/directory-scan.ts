// Reads the directory of several accounts side by side, in one order: the organisation's directory is the merge of
// its accounts'.
import { compareSortKeys } from './keys.ts';
import type { Directory, DirectoryRead, FoundRow } from './ports.ts';

/** Rows that one Query reads at the price of the least, eventually consistent: 8 KiB of about 160 bytes each. */
const minChunkRows = 50;

export interface DirectoryScan extends Omit<DirectoryRead, 'accountId' | 'limit'> {
  readonly accounts: readonly string[];
  /** Rows that will probably be taken; more can be. */
  readonly wanted: number;
}

/** Yields the rows of one term and value, one of each account that has it, in the order of their position. */
export async function* scanDirectory(
  directory: Directory,
  organizationId: string,
  { accounts, wanted, ...read }: DirectoryScan,
): AsyncGenerator<readonly [FoundRow, ...FoundRow[]]> {
  const share = Math.ceil((2 * wanted) / Math.max(1, accounts.length));
  const limit = Math.min(wanted, Math.max(minChunkRows, share));
  const streams = [...new Set(accounts)].map(
    (accountId) => new RowStream(directory, organizationId, { ...read, accountId, limit }),
  );
  for (;;) {
    await Promise.all(streams.map((stream) => stream.fill()));
    const heads = streams.flatMap(({ head }) => head ?? []);
    const [first, ...others] = heads.sort((a, b) => compareSortKeys(a.position, b.position));
    if (first === undefined) return;
    for (const stream of streams) if (stream.head?.position === first.position) stream.take();
    yield [first, ...others.filter(({ position }) => position === first.position)];
  }
}

/** One account's rows, read as they are needed. */
class RowStream {
  readonly #directory: Directory;
  readonly #organizationId: string;
  readonly #read: DirectoryRead;
  #rows: readonly FoundRow[] = [];
  #taken = 0;
  #after: string | undefined;
  #isReadToEnd = false;

  constructor(directory: Directory, organizationId: string, read: DirectoryRead) {
    this.#directory = directory;
    this.#organizationId = organizationId;
    this.#read = read;
    this.#after = read.after;
  }

  get head(): FoundRow | undefined {
    return this.#rows[this.#taken];
  }

  take(): void {
    this.#taken++;
  }

  /** Reads on until there is a row to take or none is left. */
  async fill(): Promise<void> {
    while (this.head === undefined && !this.#isReadToEnd) {
      const read = { ...this.#read, after: this.#after };
      const { rows, next } = await this.#directory.listValues(this.#organizationId, read);
      this.#rows = rows;
      this.#taken = 0;
      this.#after = next;
      this.#isReadToEnd = next === undefined;
    }
  }
}
