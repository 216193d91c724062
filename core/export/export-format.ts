// The forms an export can take: what a format has to say of itself. A line holds one entry, whole.
import type { ListItem } from '../entry.ts';
import { csvFormat } from './csv.ts';
import { ndjsonFormat } from './ndjson.ts';

export interface ExportFormat {
  /** Ends file names too. */
  readonly name: 'csv' | 'ndjson';
  /** The media type of a page; the first one may begin with a header. */
  contentType(isFirst: boolean): string;
  /** What stands before the first entry of all, line end included; empty for none. */
  readonly header: string;
  /** One entry, line end included. */
  toLine(item: ListItem): string;
}

/** By the name that `format` takes. */
export const exportFormats: Readonly<Record<ExportFormat['name'], ExportFormat>> = {
  csv: csvFormat,
  ndjson: ndjsonFormat,
};

export const exportFormatNames = Object.keys(exportFormats) as readonly ExportFormat['name'][];
