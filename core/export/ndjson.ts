// Formats entries as NDJSON: one unchanged list item per line (https://github.com/ndjson/ndjson-spec).
import type { ExportFormat } from './export-format.ts';

/** The NDJSON format. */
export const ndjsonFormat: ExportFormat = {
  name: 'ndjson',
  contentType: () => 'application/x-ndjson',
  header: '',
  toLine: (item) => `${JSON.stringify(item)}\n`,
};
