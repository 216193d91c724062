// Defines what an export format provides: its name, media type, header, and one line for each entry.
import type { ListItem } from '../entry/entry.ts';
import type { EntryResponse } from '../entry/entry-response-schemas.ts';

/** What an export contains of each entry: the fields of a list item, or the response to a request for the entry. */
export const columnSets = ['list', 'full'] as const;
export type ColumnSet = (typeof columnSets)[number];

/** Why an entry of a full export has only the fields of a list item. */
export const detailGaps = ['NOT_FOUND', 'ENTRY_ALTERED', 'STATES_UNREADABLE', 'ENTRY_TOO_LARGE'] as const;
export type DetailGap = (typeof detailGaps)[number];

/** A list item, or a full entry, or a list item with the reason that the rest is missing. */
export type ExportRow = ListItem &
  Partial<Omit<EntryResponse, keyof ListItem>> &
  Pick<EntryResponse, 'user'> & {
    readonly unavailable?: DetailGap | undefined;
    /** Full exports in the order of the sealed log only. */
    readonly commitment?: EntryCommitment | undefined;
  };

/** What the leaf of an entry is computed from, in addition to the entry. */
export interface EntryCommitment {
  /** Base64. Empty for entries that were recorded before entries had a nonce. */
  readonly nonce: string;
  /** The object with the states of the entry, which the leaf commits to in place of the states. */
  readonly statesObject?: { readonly sha256: string; readonly bytes: number } | undefined;
}

/** An export format that writes each entry as one line. */
export interface ExportFormat {
  /** Also the file name extension. */
  readonly name: 'csv' | 'ndjson';
  readonly columns: ColumnSet;
  /** Returns the media type of a page. The first page can start with a header. */
  contentType(isFirst: boolean): string;
  /** The header line before the first entry, including its line ending. Empty if the format has none. */
  readonly header: string;
  /** Returns the line for an entry, including its line ending. */
  toLine(row: ExportRow): string;
}

/** The settings of a format. */
export interface FormatOptions {
  readonly columns: ColumnSet;
  /** Whether to write CSV so that a spreadsheet keeps every text as it is. */
  readonly isForSpreadsheet: boolean;
  /** Whether entries are in the order of the sealed log, so that CSV has columns for their place in it. */
  readonly isInLogOrder?: boolean;
}
