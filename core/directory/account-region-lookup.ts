// The accounts and regions of an organisation as planning looks them up: what was read of all of them is not read again.
import type { AccountRegion, DirectoryReader, Meter } from '../storage/ports.ts';

/** What one request looks up in one organisation. */
export class AccountRegionLookup {
  readonly #directory: DirectoryReader;
  readonly #organizationId: string;
  readonly #meter: Meter;
  #all: readonly AccountRegion[] | undefined;

  constructor(directory: DirectoryReader, organizationId: string, meter: Meter) {
    this.#directory = directory;
    this.#organizationId = organizationId;
    this.#meter = meter;
  }

  /** Whether `listAll` costs nothing any more. */
  get hasAll(): boolean {
    return this.#all !== undefined;
  }

  /** Every account and region seen in the organisation: a read unit for each 30 to 50. */
  async listAll(): Promise<readonly AccountRegion[]> {
    this.#all ??= await this.#directory.listAccountRegions(this.#organizationId, undefined, this.#meter);
    return this.#all;
  }

  /** These accounts and their regions: a Query for each of them, none where all have been read. */
  async listOf(accounts: readonly string[]): Promise<readonly AccountRegion[]> {
    if (this.#all) return this.#all.filter(({ accountId }) => accounts.includes(accountId));
    const reads = accounts.map((id) =>
      this.#directory.listAccountRegions(this.#organizationId, id, this.#meter),
    );
    return (await Promise.all(reads)).flat();
  }
}
