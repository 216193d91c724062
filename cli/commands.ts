// Defines the commands that the command line can name.

import type { HistoryQuery } from '../client/client.ts';
import type { Interval } from '../core/counts/intervals.ts';
import type { Dimension, GroupOrder } from '../core/counts/summary.ts';
import type { ColumnSet } from '../core/export/export-format.ts';
import type { NoteKey } from '../core/log/signed-note.ts';
import type { Filters, Order } from '../core/query/query.ts';
import type { CommandName } from './options.ts';

/** The search parameters, with times in the format that the API accepts. */
export interface Search {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly recordedFrom?: string | undefined;
  readonly recordedTo?: string | undefined;
  readonly order?: Order | undefined;
  readonly filters: Filters;
}

/** How to reach the API, as given on the command line. */
export interface ConnectionOptions {
  readonly url?: string | undefined;
  /** The path of the file with the token; `-` is standard input. */
  readonly tokenFile?: string | undefined;
  readonly persona?: string | undefined;
}

/** The parsed `list` command. */
export interface ListCommand {
  readonly name: 'list';
  readonly search: Search;
  /** `undefined` means no limit. */
  readonly limit: number | undefined;
  readonly cursor: string | undefined;
  readonly output: 'table' | 'json' | 'ndjson';
}

/** The parsed `show` command. */
export interface ShowCommand {
  readonly name: 'show';
  readonly id: string;
  readonly output: 'text' | 'json';
}

/** The parsed `history` command. Times are in the format that the API accepts. */
export interface HistoryCommand {
  readonly name: 'history';
  readonly query: HistoryQuery;
  /** Whether to read every page of the timeline instead of the first one. */
  readonly isAll: boolean;
  readonly output: 'text' | 'json';
}

/** The parsed `follow` command. */
export interface FollowCommand {
  readonly name: 'follow';
  readonly search: Search;
  readonly windowMillis: number;
  readonly intervalMillis: number;
  /** Whether to follow the sealed log instead of the indexes. */
  readonly isExact: boolean;
  /** The path of the file that keeps the position between runs. Only with `isExact`. */
  readonly cursorFile: string | undefined;
  /** Identifies the search across runs. Relative times are kept as the user typed them. */
  readonly searchKey: string;
  readonly output: 'table' | 'ndjson';
}

/** The parsed `export` command. */
export interface ExportCommand {
  readonly name: 'export';
  readonly search: Search;
  /** Identifies the export across runs. Relative times are kept as the user typed them. */
  readonly exportKey: string;
  readonly format: 'csv' | 'ndjson';
  readonly columns: ColumnSet;
  /** Write CSV for a spreadsheet. */
  readonly spreadsheet: boolean;
  readonly file: string | undefined;
  /** The path of the file that keeps the position in the sealed log between exports. */
  readonly cursorFile: string | undefined;
  readonly restart: boolean;
  /** Overwrite an existing file. */
  readonly force: boolean;
}

/** The parsed `summary` command. */
export interface SummaryCommand {
  readonly name: 'summary';
  readonly search: Search;
  readonly groupBy: readonly Dimension[];
  readonly interval: Interval | 'auto' | undefined;
  readonly timeZone: string | undefined;
  readonly top: number | undefined;
  readonly orderBy: GroupOrder | undefined;
  readonly isCompared: boolean;
  /** The size of the sealed log whose entries are counted. `undefined` counts everything. */
  readonly asOf: number | undefined;
  /** The number of requests after which an answer that is not exact is printed. */
  readonly maxRequests: number;
  readonly output: 'table' | 'json';
}

/** The parsed `verify` command. */
export interface VerifyCommand {
  readonly name: 'verify';
  /** `undefined` means the entries that the search finds. */
  readonly entryId: string | undefined;
  /** Whether to verify every leaf of the log, in order. */
  readonly isAll: boolean;
  /** The path of a copy of the log bucket, which is verified without the API. */
  readonly bucket: string | undefined;
  /** The organization in the copy. `undefined` if the copy has only one. */
  readonly organizationId: string | undefined;
  /** The path of a file with the verifier key of the copy. */
  readonly keyFile: string | undefined;
  readonly search: Search;
  /** The path of a file with an earlier checkpoint. */
  readonly since: string | undefined;
  /** The keys of witnesses that must have cosigned the log. */
  readonly witnesses: readonly NoteKey[];
  /** The path of the file with the keys and checkpoints seen before. */
  readonly stateFile: string | undefined;
  readonly output: 'text' | 'json';
}

/** The parsed `evidence` command. */
export interface EvidenceCommand {
  readonly name: 'evidence';
  /** Empty means the entries that the search finds. */
  readonly ids: readonly string[];
  readonly search: Search;
  /** The path of the zip archive. */
  readonly file: string;
  /** Overwrite an existing file. */
  readonly force: boolean;
  /** The path of the file with the keys that `verify` pinned. */
  readonly stateFile: string | undefined;
}

/** A command whose search starts from a saved view. It is parsed again when the view has been read. */
export interface ViewReference {
  readonly name: 'view';
  readonly viewName: string;
}

/** The parsed `--help` option, for one command or for all. */
export interface HelpCommand {
  readonly name: 'help';
  readonly command: CommandName | undefined;
}

/** A command that sends requests. */
export type Command =
  | ListCommand
  | ShowCommand
  | HistoryCommand
  | FollowCommand
  | ExportCommand
  | SummaryCommand
  | VerifyCommand
  | EvidenceCommand;
