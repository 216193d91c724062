// Entries as NDJSON: the items of a list, exactly, one a line (https://github.com/ndjson/ndjson-spec).
import type { ExportFormat } from './export-format.ts';

export const ndjsonFormat: ExportFormat = {
  name: 'ndjson',
  contentType: () => 'application/x-ndjson',
  header: '',
  toLine: (item) => `${JSON.stringify(item)}\n`,
};
