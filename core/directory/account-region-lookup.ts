// Looks up the accounts and Regions of an organization during one request, and caches the complete list.
import type { AccountRegion, DirectoryReader, Meter } from '../storage/ports.ts';

/** Looks up the accounts and Regions of one organization for one request. Fails with STORE_UNAVAILABLE. */
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

  /** Whether the complete list is cached, so that `listAll` costs nothing. */
  get hasAll(): boolean {
    return this.#all !== undefined;
  }

  /** Returns all accounts and Regions of the organization. Costs a read unit for each 30 to 50 of them. */
  async listAll(): Promise<readonly AccountRegion[]> {
    this.#all ??= await this.#directory.listAccountRegions(this.#organizationId, undefined, this.#meter);
    return this.#all;
  }

  /** Returns the Regions of these accounts. Sends one Query per account, or none if the complete list is cached. */
  async listOf(accounts: readonly string[]): Promise<readonly AccountRegion[]> {
    if (this.#all) return this.#all.filter(({ accountId }) => accounts.includes(accountId));
    const reads = accounts.map((id) =>
      this.#directory.listAccountRegions(this.#organizationId, id, this.#meter),
    );
    return (await Promise.all(reads)).flat();
  }
}
