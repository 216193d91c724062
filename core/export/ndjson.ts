// Formats entries as NDJSON: one unchanged entry per line (https://github.com/ndjson/ndjson-spec).
import type { ExportFormat, FormatOptions } from './export-format.ts';

/** Creates the NDJSON format. Its lines are list items, or the JSON of responses for one entry. */
export function createNdjsonFormat({ columns }: Pick<FormatOptions, 'columns'>): ExportFormat {
  return {
    name: 'ndjson',
    columns,
    contentType: () => 'application/x-ndjson',
    header: '',
    toLine: (row) => `${JSON.stringify(row)}\n`,
  };
}
