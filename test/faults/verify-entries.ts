// Verifies the entries table: every event exactly once, with every field of the event and no other. Every index
// has the same entries, in the right partition and with the same list view.
import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { LogEntry } from '../../core/entry/entry.ts';
import type { OverflowStore } from '../../core/storage/ports.ts';
import { indexNames, indexPartitionAttributes } from '../../core/storage/table-attributes.ts';
import type { JsonObject, JsonValue } from '../../core/values/json.ts';
import { toDisputingEvent } from '../../store/dispute-item.ts';
import { toStoredEntry } from '../../store/entry-item.ts';
import type { Discrepancies } from './discrepancies.ts';
import type { Expectations } from './expectations.ts';
import { canonical, type ExpectedEntry, sha256 } from './expected-entry.ts';
import { countPlanted } from './planted-secret.ts';
import { numberOf } from './storm-event.ts';

type Item = Record<string, unknown>;
type IndexKey = keyof typeof indexNames;

/** The content of the base table, to compare with the indexes and the rejected queue. */
export interface FoundEntry {
  readonly number: number;
  readonly id: string;
  readonly partitions: ExpectedEntry['partitions'];
  readonly viewDigest: string;
  readonly contentHash: string;
}

/** The same entries, by event number. */
export function byNumber(entries: ReadonlyMap<string, FoundEntry>): Map<number, FoundEntry> {
  return new Map([...entries.values()].map((entry) => [entry.number, entry]));
}

const attributes = ['pk', 'id', 'v', 'd', 'nc'];

/** Present in items whose states are in the bucket. */
const overflowAttribute = 'o';
const lateAfterMillis = 15 * 60_000;

/** Reads every item of a table or of one of its indexes. */
export async function* readAllItems(
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
  /** The index keys of the disputes, by the ID of the entry. */
  readonly disputes = new Map<string, Readonly<Record<string, string>>>();

  readonly #overflow: OverflowStore;

  constructor(expected: Expectations, wrong: Discrepancies, overflow: OverflowStore) {
    this.#overflow = overflow;
    this.#expected = expected;
    this.#wrong = wrong;
  }

  async verifyTable(items: AsyncIterable<Item>): Promise<void> {
    const numbers = new Set<number>();
    const disputes: Item[] = [];
    for await (const item of items) {
      if (isDispute(item)) {
        disputes.push(item);
        continue;
      }
      const found = await this.#verifyItem(item);
      if (found === undefined) continue;
      if (numbers.has(found.number))
        this.#wrong.add('an event has two entries', describe(found.number, found.id));
      numbers.add(found.number);
      this.found.set(found.id, found);
    }
    for (const event of this.#expected.events()) {
      if (event.poison === undefined && !numbers.has(event.number)) {
        this.#wrong.add('a valid event has no entry', describe(event.number, String(event.detail.eventId)));
      }
    }
    await this.#verifyDisputes(disputes);
    if (this.#roleMapVersions.size > 1)
      this.#wrong.add('entries refer to several role maps', [...this.#roleMapVersions].join());
  }

  /** For each contested identity, the content that was not recorded must be kept as a dispute, exactly once. */
  async #verifyDisputes(items: readonly Item[]): Promise<void> {
    for (const item of items) {
      const entry = this.found.get(String(item.id));
      const contentHash = entry && (await this.#verifyDispute(item, entry));
      if (entry === undefined) this.#wrong.add('a dispute has no entry', String(item.pk));
      else if (this.disputes.has(entry.id)) this.#wrong.add('a dispute is kept twice', String(item.pk));
      if (entry !== undefined && contentHash !== undefined) {
        this.disputes.set(entry.id, {
          f: `${organizationOf(item)}#DISPUTED#0`,
          r: `${organizationOf(item)}#${accountOf(entry)}#DISPUTED#0`,
        });
      }
    }
    for (const { number, id } of this.found.values()) {
      const isContested = this.#expected.event(number).rival !== undefined;
      if (isContested && !this.disputes.has(id))
        this.#wrong.add('a conflicting event is not kept', describe(number, id));
    }
  }

  /** Returns the content hash of the disputing event, or `undefined` if the item is wrong. */
  async #verifyDispute(item: Item, entry: FoundEntry): Promise<string | undefined> {
    const complain = (kind: string) => {
      this.#wrong.add(kind, `${String(item.pk)} ${describe(entry.number, entry.id)}`);
      return undefined;
    };
    let event: LogEntry;
    try {
      event = await toDisputingEvent(organizationOf(item), item, this.#overflow).readFull();
    } catch {
      return complain('a dispute cannot be read');
    }
    const other = this.#expected
      .entries(this.#expected.event(entry.number))
      .find(({ fields }) => fields.contentHash !== entry.contentHash);
    if (event.id !== other?.id || event.contentHash !== other.fields.contentHash)
      return complain('a dispute belongs to another event');
    if (item.pk !== `${other.key}#dispute#0`) complain('a dispute has a different key');
    if (digest(item.v) !== entry.viewDigest) complain('a dispute shows a different entry');
    if (countPlanted(JSON.stringify(event)) > 0) complain('a dispute contains a secret');
    const names = ['pk', 'id', 'f', 'r', 'v', 'di', 'dv', 'd', 'nc'];
    if (this.#expected.isLarge(entry.number)) names.push(overflowAttribute);
    if (Object.keys(item).sort().join() !== names.sort().join())
      complain('a dispute has different attributes');
    return event.contentHash;
  }

  async #verifyItem(item: Item): Promise<FoundEntry | undefined> {
    const pk = String(item.pk);
    let entry: LogEntry;
    try {
      entry = await toStoredEntry(pk.split('#')[0] ?? '', item, this.#overflow).readFull();
    } catch (error) {
      this.#wrong.add('an item is not an entry', `${pk}: ${error}`);
      return undefined;
    }
    const number = numberOf(entry.requestId);
    if (!this.#expected.has(number)) {
      this.#wrong.add('an entry belongs to no event', `${pk} ${entry.requestId}`);
      return undefined;
    }
    const candidates = this.#expected.entries(this.#expected.event(number));
    const expected = candidates.find(
      ({ id, fields }) => id === entry.id && fields.contentHash === entry.contentHash,
    );
    if (expected === undefined) {
      const hashes = candidates.map(({ id, fields }) => `${id} ${fields.contentHash}`).join(' or ');
      this.#wrong.add(
        candidates.length === 0
          ? 'an invalid event has an entry'
          : 'an entry has a different id or content hash',
        `${describe(number, entry.id)} ${entry.contentHash}; expected ${hashes}`,
      );
      return undefined;
    }
    this.#compare(number, item, entry, expected);
    this.#roleMapVersions.add(entry.roleMapVersion);
    const partitions = Object.fromEntries(
      Object.keys(expected.partitions).map((name) => [name, String(item[name])]),
    ) as ExpectedEntry['partitions'];
    return { number, id: entry.id, partitions, viewDigest: digest(item.v), contentHash: entry.contentHash };
  }

  #compare(number: number, item: Item, entry: LogEntry, expected: ExpectedEntry): void {
    const complain = (kind: string, is: unknown, should: unknown) =>
      this.#wrong.add(
        kind,
        `${describe(number, entry.id)} is ${JSON.stringify(is)}, should be ${JSON.stringify(should)}`,
      );
    const { recordedAt, late, producer, roleMapVersion: _, redactionVersion: __, ...rest } = entry;
    const { changedPaths, changeCount, highlights, ...fields } = rest;
    const [is, should] = [canonical(fields as unknown as JsonValue), canonical(expected.fields)];
    if (is !== should) complain('an entry has fields that differ from its event', is, should);
    const paths = [...expected.changes.keys()];
    if ([...changedPaths].sort().join() !== paths.sort().join() || changeCount !== paths.length) {
      complain('an entry lists different changes', [changedPaths, changeCount], paths);
    }
    for (const { path, before, after } of highlights) {
      const change = expected.changes.get(path);
      const isAsExpected = change !== undefined && [change.before, undefined].includes(before as JsonValue);
      if (!isAsExpected || ![change.after, undefined].includes(after as JsonValue)) {
        complain('a highlight shows different values', { path, before, after }, change);
      }
    }
    if (!this.#expected.isWithinStorm(recordedAt))
      complain('recordedAt is not within the storm', recordedAt, 'within');
    const isLate = Date.parse(recordedAt) - Date.parse(entry.timestamp) > lateAfterMillis;
    if (late !== isLate) complain('late does not match recordedAt', late, isLate);
    const { account } = this.#expected.event(number);
    if (producer.account !== account || producer.envelopeId === '')
      complain('the producer differs', producer, account);
    if (item.pk !== expected.key) complain('the key differs', item.pk, expected.key);
    for (const [name, key] of Object.entries(expected.partitions)) {
      if (item[name] !== key) complain('an index key differs', item[name], key);
    }
    const names = Object.keys(item).sort().join();
    const expectedNames = [
      ...attributes,
      ...Object.keys(expected.partitions),
      ...(this.#expected.isLarge(number) ? [overflowAttribute] : []),
    ];
    if (names !== expectedNames.sort().join())
      complain('an item has different attributes', names, expectedNames);
    if (countPlanted(JSON.stringify(entry)) > 0) complain('an entry contains a secret', entry.id, 'a marker');
  }

  /** A full index must contain exactly what the table contains, a sparse one exactly the entries with its attribute. */
  async verifyIndex(index: IndexKey, items: AsyncIterable<Item>): Promise<number> {
    const seen = new Set<string>();
    const seenDisputes = new Set<string>();
    const attribute = indexPartitionAttributes[index];
    for await (const item of items) {
      const id = String(item.id);
      if (item[attribute] !== undefined && item[attribute] === this.disputes.get(id)?.[attribute]) {
        if (seenDisputes.has(id)) this.#wrong.add('an index has a dispute twice', id);
        seenDisputes.add(id);
        continue;
      }
      const found = this.found.get(id);
      const where = `${indexNames[index]} ${String(item[attribute])} ${id}`;
      if (found === undefined) this.#wrong.add('an index has an entry that the table lacks', where);
      else if (item[attribute] !== found.partitions[attribute])
        this.#wrong.add('an index has an entry in the wrong partition', where);
      else if (digest(item.v) !== found.viewDigest)
        this.#wrong.add('an index has a different list view', where);
      if (seen.has(id)) this.#wrong.add('an index has an entry twice', where);
      seen.add(id);
    }
    for (const { id, number, partitions } of this.found.values()) {
      if (partitions[attribute] !== undefined && !seen.has(id))
        this.#wrong.add(`an entry is not in ${indexNames[index]}`, describe(number, id));
    }
    for (const [id, keys] of this.disputes) {
      if (keys[attribute] !== undefined && !seenDisputes.has(id))
        this.#wrong.add(`a dispute is not in ${indexNames[index]}`, id);
    }
    return seen.size;
  }
}

/** A dispute has the key of its entry followed by a slot. */
function isDispute({ pk }: Item): boolean {
  return String(pk).includes('#dispute#');
}

function organizationOf({ pk }: Item): string {
  return String(pk).split('#')[0] ?? '';
}

function accountOf({ partitions }: FoundEntry): string {
  return partitions.r?.split('#')[1] ?? '';
}

function digest(view: unknown): string {
  return sha256(canonical(view as JsonObject)).slice(0, 16);
}

function describe(number: number, id: string): string {
  return `event ${number} (${id})`;
}
