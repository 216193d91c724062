// Lists the export formats. To add a format, start here.
import { csvFormat } from './csv.ts';
import type { ExportFormat } from './export-format.ts';
import { ndjsonFormat } from './ndjson.ts';

/** The formats, keyed by the value of the parameter `format`. */
export const exportFormats: Readonly<Record<ExportFormat['name'], ExportFormat>> = {
  csv: csvFormat,
  ndjson: ndjsonFormat,
};

export const exportFormatNames = Object.keys(exportFormats) as readonly ExportFormat['name'][];
