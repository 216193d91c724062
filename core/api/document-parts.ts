// What the API document is made from besides the schemas.
import type { EntryAnswer, ListItem } from '../entry/entry-schemas.ts';

/** The version and the example entries that the API document shows. */
export interface DocumentParts {
  readonly version: string;
  /** Entries to show as examples, newest first. */
  readonly examples: readonly { readonly item: ListItem; readonly answer: EntryAnswer }[];
}
