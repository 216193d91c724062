// Reads the options of the evidence command.
import { isEntryId } from '../core/entry/entry-id.ts';
import { UsageError } from '../terminal/usage-error.ts';
import { type Given, quote, readSingle, rejectCombination } from './given-options.ts';
import { optionRules } from './options.ts';

/** Reads --id, which no filter can be combined with. Without it, at least one filter is required. Throws UsageError. */
export function readIds(given: Given): readonly string[] {
  const ids = [...new Set(given.get('id') ?? [])];
  const malformed = ids.find((id) => !isEntryId(id));
  if (malformed !== undefined) {
    throw new UsageError(`--id must be an entry ID: 26 characters; got ${quote(malformed)}`);
  }
  const filter = [...given.keys()].find((option) => optionRules[option]?.group === 'Filters');
  if (ids.length > 0 && filter !== undefined) rejectCombination(given, 'id', filter);
  if (ids.length === 0 && filter === undefined) {
    throw new UsageError('evidence requires --id, or a range such as --from and --to');
  }
  return ids;
}

/** Reads the path of the zip archive. Throws UsageError. */
export function readEvidenceFile(given: Given): string {
  const file = readSingle(given, 'output');
  if (file?.toLowerCase().endsWith('.zip')) return file;
  const is = file === undefined ? '' : `; got ${quote(file)}`;
  throw new UsageError(`evidence requires --output with a file name that ends in .zip${is}`);
}
