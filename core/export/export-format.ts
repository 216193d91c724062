// The contract of an export format: file extension, media type, header and one line for each entry.
import type { ListItem } from '../entry/entry.ts';

/** How one format writes entries; a line holds one complete entry. */
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
