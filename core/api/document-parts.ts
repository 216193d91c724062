// The inputs of the OpenAPI document that do not come from the schemas.

import type { EntryResponse } from '../entry/entry-response-schemas.ts';
import type { ListItem } from '../entry/entry-schemas.ts';

/** The version and the example entries in the OpenAPI document. */
export interface DocumentParts {
  readonly version: string;
  /** Example entries, newest first. */
  readonly examples: readonly { readonly item: ListItem; readonly answer: EntryResponse }[];
}
