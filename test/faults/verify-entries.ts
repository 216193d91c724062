// The table of entries: every event exactly once, every field as the event said, and nothing else; every index holds the
// same entries, under the right partition, with the same list view.
import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { LogEntry } from '../../core/entry/entry.ts';
import type { OverflowStore } from '../../core/storage/ports.ts';
import { indexNames, indexPartitionAttributes } from '../../core/storage/table-attributes.ts';
import type { JsonObject, JsonValue } from '../../core/values/json.ts';
import { toStoredEntry } from '../../store/entry-item.ts';
import type { Discrepancies } from './discrepancies.ts';
import type { Expectations } from './expectations.ts';
import { canonical, type ExpectedEntry, sha256 } from './expected-entry.ts';
import { countPlanted } from './planted-secret.ts';
import { numberOf } from './storm-event.ts';

type Item = Record<string, unknown>;
type IndexKey = keyof typeof indexNames;

/** What the base table holds, for comparing the indexes and the rejected queue with. */
export interface FoundEntry {
  readonly number: number;
  readonly id: string;
  readonly partitions: ExpectedEntry['partitions'];
  readonly viewDigest: string;
  readonly contentHash: string;
}

/** The same entries, by the numbers of their events. */
export function byNumber(entries: ReadonlyMap<string, FoundEntry>): Map<number, FoundEntry> {
  return new Map([...entries.values()].map((entry) => [entry.number, entry]));
}

const attributes = ['pk', 'id', 'v', 'd'];

/** Of items whose states are in the bucket. */
const overflowAttribute = 'o';
const lateAfterMillis = 15 * 60_000;

/** Every item of a table or of one of its indexes. */
export async function* readWholly(
  client: DynamoDBDocumentClient,
  TableName: string,
  IndexName?: string,
): AsyncGenerator<Item> {
  for await (const page of paginateScan({ client }, { TableName, ...(IndexName && { IndexName }) })) {
    yield* page.Items ?? [];
  }
}

export class EntryVerifier {
  readonly #expected: Expectations;
  readonly #wrong: Discrepancies;
  readonly #roleMapVersions = new Set<string>();
  /** By entry id. */
  readonly found = new Map<string, FoundEntry>();

  readonly #overflow: OverflowStore;

  constructor(expected: Expectations, wrong: Discrepancies, overflow: OverflowStore) {
    this.#overflow = overflow;
    this.#expected = expected;
    this.#wrong = wrong;
  }

  async verifyTable(items: AsyncIterable<Item>): Promise<void> {
    const numbers = new Set<number>();
    for await (const item of items) {
      const found = await this.#verifyItem(item);
      if (found === undefined) continue;
      if (numbers.has(found.number))
        this.#wrong.add('an event is two entries', describe(found.number, found.id));
      numbers.add(found.number);
      this.found.set(found.id, found);
    }
    for (const event of this.#expected.events()) {
      if (event.poison === undefined && !numbers.has(event.number)) {
        this.#wrong.add('a valid event is no entry', describe(event.number, String(event.detail.eventId)));
      }
    }
    if (this.#roleMapVersions.size > 1)
      this.#wrong.add('entries name several role maps', [...this.#roleMapVersions].join());
  }

  async #verifyItem(item: Item): Promise<FoundEntry | undefined> {
    const pk = String(item.pk);
    let entry: LogEntry;
    try {
      entry = await toStoredEntry(pk.split('#')[0] ?? '', item, this.#overflow).readFull();
    } catch (error) {
      this.#wrong.add('an item is no entry', `${pk}: ${error}`);
      return undefined;
    }
    const number = numberOf(entry.requestId);
    if (!this.#expected.has(number)) {
      this.#wrong.add('an entry comes from no event', `${pk} ${entry.requestId}`);
      return undefined;
    }
    const candidates = this.#expected.entries(this.#expected.event(number));
    const wanted = candidates.find(
      ({ id, fields }) => id === entry.id && fields.contentHash === entry.contentHash,
    );
    if (wanted === undefined) {
      const hashes = candidates.map(({ id, fields }) => `${id} ${fields.contentHash}`).join(' or ');
      this.#wrong.add(
        candidates.length === 0 ? 'an invalid event is an entry' : 'an entry has another id or content hash',
        `${describe(number, entry.id)} ${entry.contentHash}; expected ${hashes}`,
      );
      return undefined;
    }
    this.#compare(number, item, entry, wanted);
    this.#roleMapVersions.add(entry.roleMapVersion);
    const partitions = Object.fromEntries(
      Object.keys(wanted.partitions).map((name) => [name, String(item[name])]),
    ) as ExpectedEntry['partitions'];
    return { number, id: entry.id, partitions, viewDigest: digest(item.v), contentHash: entry.contentHash };
  }

  #compare(number: number, item: Item, entry: LogEntry, wanted: ExpectedEntry): void {
    const complain = (kind: string, is: unknown, should: unknown) =>
      this.#wrong.add(
        kind,
        `${describe(number, entry.id)} is ${JSON.stringify(is)}, should be ${JSON.stringify(should)}`,
      );
    const { recordedAt, late, producer, roleMapVersion: _, redactionVersion: __, ...rest } = entry;
    const { changedPaths, changeCount, highlights, ...fields } = rest;
    const [is, should] = [canonical(fields as unknown as JsonValue), canonical(wanted.fields)];
    if (is !== should) complain('an entry has other fields than its event', is, should);
    const paths = [...wanted.changes.keys()];
    if ([...changedPaths].sort().join() !== paths.sort().join() || changeCount !== paths.length) {
      complain('an entry names other changes', [changedPaths, changeCount], paths);
    }
    for (const { path, before, after } of highlights) {
      const change = wanted.changes.get(path);
      const isAsWanted = change !== undefined && [change.before, undefined].includes(before as JsonValue);
      if (!isAsWanted || ![change.after, undefined].includes(after as JsonValue)) {
        complain('a highlight tells other values', { path, before, after }, change);
      }
    }
    if (!this.#expected.isWithinStorm(recordedAt))
      complain('recordedAt is not within the storm', recordedAt, 'within');
    const isLate = Date.parse(recordedAt) - Date.parse(entry.timestamp) > lateAfterMillis;
    if (late !== isLate) complain('late is not what recordedAt says', late, isLate);
    const { account } = this.#expected.event(number);
    if (producer.account !== account || producer.envelopeId === '')
      complain('the producer is another', producer, account);
    if (item.pk !== wanted.key) complain('the key is another', item.pk, wanted.key);
    for (const [name, key] of Object.entries(wanted.partitions)) {
      if (item[name] !== key) complain('an index key is another', item[name], key);
    }
    const names = Object.keys(item).sort().join();
    const wantedNames = [
      ...attributes,
      ...Object.keys(wanted.partitions),
      ...(this.#expected.isLarge(number) ? [overflowAttribute] : []),
    ];
    if (names !== wantedNames.sort().join()) complain('an item has other attributes', names, wantedNames);
    if (countPlanted(JSON.stringify(entry)) > 0) complain('an entry holds a secret', entry.id, 'a marker');
  }

  /** An index must hold exactly what the table holds, the sparse one what is found by it. */
  async verifyIndex(index: IndexKey, items: AsyncIterable<Item>): Promise<number> {
    const seen = new Set<string>();
    const attribute = indexPartitionAttributes[index];
    for await (const item of items) {
      const id = String(item.id);
      const found = this.found.get(id);
      const where = `${indexNames[index]} ${String(item[attribute])} ${id}`;
      if (found === undefined) this.#wrong.add('an index holds what the table does not', where);
      else if (item[attribute] !== found.partitions[attribute])
        this.#wrong.add('an index has an entry elsewhere', where);
      else if (digest(item.v) !== found.viewDigest) this.#wrong.add('an index shows another view', where);
      if (seen.has(id)) this.#wrong.add('an index has an entry twice', where);
      seen.add(id);
    }
    for (const { id, number, partitions } of this.found.values()) {
      if (partitions[attribute] !== undefined && !seen.has(id))
        this.#wrong.add(`an entry is not in ${indexNames[index]}`, describe(number, id));
    }
    return seen.size;
  }
}

function digest(view: unknown): string {
  return sha256(canonical(view as JsonObject)).slice(0, 16);
}

function describe(number: number, id: string): string {
  return `event ${number} (${id})`;
}
