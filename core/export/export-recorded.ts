// Builds one page of an export in the order of the sealed log. It reads each entry once, for the search and for the export.
import { type Caller, requireAllAccounts } from '../access/caller.ts';
import { type RecordedMatch, type RecordedPorts, RecordedScan } from '../log/recorded-scan.ts';
import type { Query } from '../query/query.ts';
import type { SearchLimits } from '../search/search.ts';
import { toBase64 } from '../values/bytes.ts';
import type { ExportFormat, ExportRow } from './export-format.ts';
import type { ExportPage } from './export-page.ts';
import { type DetailPorts, type FullRow, FullRows } from './full-rows.ts';
import { addRows, PageBody } from './page-body.ts';

/** What an export in the order of the sealed log reads. */
export interface RecordedExportPorts extends RecordedPorts {
  readonly details: DetailPorts;
  readonly limits: SearchLimits;
}

/** Entries searched at once. Decoded, the largest ones together stay below 100 MB. */
const maxChunk = 20;

/**
 * Returns one page of the export in leaf order. Every page makes progress, regardless of the budget. Fails with FORBIDDEN
 * for callers that are limited to AWS accounts.
 */
export async function exportRecordedPage(
  query: Query,
  format: ExportFormat,
  caller: Caller,
  ports: RecordedExportPorts,
): Promise<ExportPage> {
  requireAllAccounts(caller);
  const { readUnits, timeMillis } = ports.limits;
  const deadline = ports.now() + timeMillis;
  const scan = await RecordedScan.open(query, caller, ports);
  const body = new PageBody(query.cursor === undefined ? format.header : '');
  const details = new FoundDetails(ports.details);
  const full = new FullRows(caller, details);
  const toRows =
    format.columns === 'full'
      ? (found: readonly RecordedMatch[]) => full.read(found.map(toItem), () => true)
      : toListRows;
  const isUsedUp = () => scan.readUnits + full.readUnits >= readUnits || ports.now() >= deadline;
  for (;;) {
    const found = await scan.take(Math.min(maxChunk, query.limit - body.count), { readUnits, deadline });
    details.found = found;
    const last = await addRows(addSealing(toRows(found), found), format, body);
    const lastIndex = found.find(({ item }) => item.id === last?.id)?.sealed.index;
    const isCut = found.length > 0 && last !== found.at(-1)?.item;
    if (!isCut && !scan.isAtEnd && body.count < query.limit && !isUsedUp()) continue;
    const position = isCut ? (lastIndex ?? (found[0]?.sealed.index ?? 0) - 1) + 1 : scan.position;
    const gaps = format.columns === 'full' ? { gaps: full.gaps } : {};
    return { body: body.text, count: body.count, ...scan.progressAt(position), ...gaps };
  }
}

const toItem = ({ item }: RecordedMatch) => item;

/** Serves the entries that the search has just read. */
class FoundDetails implements DetailPorts {
  readonly disputes: DetailPorts['disputes'];
  found: readonly RecordedMatch[] = [];

  constructor({ disputes }: DetailPorts) {
    this.disputes = disputes;
  }

  async getDetails(): Promise<Awaited<ReturnType<DetailPorts['getDetails']>>> {
    const entries = new Map(this.found.map(({ item, stored }) => [item.id, stored]));
    return { entries, readUnits: 0 };
  }
}

async function* toListRows(found: readonly RecordedMatch[]): AsyncGenerator<FullRow, void, undefined> {
  for (const { item } of found) yield { item, variants: [item] };
}

async function* addSealing(
  rows: AsyncIterable<FullRow>,
  found: readonly RecordedMatch[],
): AsyncGenerator<FullRow, void, undefined> {
  const byId = new Map(found.map((match) => [match.item.id, match]));
  for await (const { item, variants } of rows) {
    const match = byId.get(item.id);
    yield { item, variants: match === undefined ? variants : addToEach(variants, match) };
  }
}

function* addToEach(
  variants: Iterable<ExportRow>,
  { sealed, stored: { commitment } }: RecordedMatch,
): Generator<ExportRow, void, undefined> {
  for (const row of variants) {
    // Only a full row has the states that the leaf commits to.
    const isFull = 'contentHash' in row && commitment !== undefined;
    yield {
      ...row,
      sealed,
      ...(isFull && {
        commitment: { nonce: toBase64(commitment.nonce), statesObject: commitment.statesObject },
      }),
    };
  }
}
