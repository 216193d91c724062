// Defines what an export format provides: its name, media type, header, and one line for each entry.
import type { ListItem } from '../entry/entry.ts';

/** An export format that writes each entry as one line. */
export interface ExportFormat {
  /** Also the file name extension. */
  readonly name: 'csv' | 'ndjson';
  /** Returns the media type of a page. The first page can start with a header. */
  contentType(isFirst: boolean): string;
  /** The header line before the first entry, including its line ending. Empty if the format has none. */
  readonly header: string;
  /** Returns the line for an entry, including its line ending. */
  toLine(item: ListItem): string;
}
