// Lists the export formats. To add a format, start here.
import { createCsvFormat } from './csv.ts';
import type { ExportFormat, FormatOptions } from './export-format.ts';
import { createNdjsonFormat } from './ndjson.ts';

/** Creates each format, keyed by the value of the parameter `format`. */
export const exportFormats: Readonly<Record<ExportFormat['name'], (options: FormatOptions) => ExportFormat>> =
  {
    csv: createCsvFormat,
    ndjson: createNdjsonFormat,
  };

export const exportFormatNames = Object.keys(exportFormats) as readonly ExportFormat['name'][];
