// Verifies the directory: it has a row for every value of every entry under each of its search terms, and no
// other rows.
import { directorySortKey } from '../../core/storage/keys.ts';
import type { JsonObject } from '../../core/values/json.ts';
import type { Discrepancies } from './discrepancies.ts';
import type { Expectations } from './expectations.ts';
import { countPlanted } from './planted-secret.ts';
import { byNumber, type FoundEntry } from './verify-entries.ts';

/** Returns the required rows, and the rows that are allowed: those of contents that lost against their rivals. */
function expectRows(
  expected: Expectations,
  winners: ReadonlyMap<number, FoundEntry>,
): { readonly required: Set<string>; readonly allowed: Set<string> } {
  const [required, allowed] = [new Set<string>(), new Set<string>()];
  for (const event of expected.events()) {
    if (event.poison !== undefined) continue;
    const contents = [event.detail, ...(event.rival === undefined ? [] : [event.rival])];
    const entries = expected.entries(event);
    const recordedHash = winners.get(event.number)?.contentHash;
    for (const [index, content] of contents.entries()) {
      const isDue = event.rival === undefined || entries[index]?.fields.contentHash === recordedHash;
      for (const row of rowsOf(content)) (isDue ? required : allowed).add(row);
    }
  }
  return { required, allowed };
}

/** Partition and sort key of each row, as one text. */
function rowsOf(detail: JsonObject): string[] {
  const { organizationId, accountId, region } = detail;
  const [actor, target] = [detail.actor, detail.target] as [JsonObject, JsonObject];
  const name = JSON.stringify([accountId, region, target.type, target.name]);
  const terms = new Set([actor.userId, actor.name, actor.email].filter((term) => term !== undefined));
  return [
    `${organizationId}#accountRegions ${accountId}#${region}`,
    // The product's own key, because most names of targets are long enough to be hashed in it.
    `${organizationId}#targets ${directorySortKey(String(target.id), name)}`,
    `${organizationId}#resources#${accountId} ${folded(target.name)}#${escaped(target.name)}`,
    ...[...terms].map(
      (term) => `${organizationId}#users#${accountId} ${folded(term)}#${escaped(actor.userId)}`,
    ),
  ];
}

/** The storm's terms are short and ASCII, so folding only converts them to lowercase. */
function folded(term: unknown): string {
  return escaped(String(term).toLowerCase());
}

function escaped(part: unknown): string {
  return String(part).replaceAll('%', '%25').replaceAll('#', '%23');
}

/** `entries` is the content of the table, by id. It shows which of two contents was recorded. */
export async function verifyDirectory(
  items: AsyncIterable<Record<string, unknown>>,
  expected: Expectations,
  entries: ReadonlyMap<string, FoundEntry>,
  wrong: Discrepancies,
): Promise<number> {
  const { required, allowed } = expectRows(expected, byNumber(entries));
  const found = new Set<string>();
  for await (const item of items) {
    const row = `${item.pk} ${item.sk}`;
    found.add(row);
    if (!required.has(row) && !allowed.has(row)) wrong.add('the directory has a row without an event', row);
    if (countPlanted(JSON.stringify(item)) > 0) wrong.add('the directory contains a secret', row);
  }
  for (const row of required) if (!found.has(row)) wrong.add('the directory lacks a row', row);
  return found.size;
}
