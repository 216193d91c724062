// The export formats by name: the first file to change when a format is added.
import { csvFormat } from './csv.ts';
import type { ExportFormat } from './export-format.ts';
import { ndjsonFormat } from './ndjson.ts';

/** By the name that `format` takes. */
export const exportFormats: Readonly<Record<ExportFormat['name'], ExportFormat>> = {
  csv: csvFormat,
  ndjson: ndjsonFormat,
};

export const exportFormatNames = Object.keys(exportFormats) as readonly ExportFormat['name'][];
