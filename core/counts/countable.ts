// Defines what a summary needs of an entry, so that entries of an index and of the sealed log are counted alike. Also runs
// in browsers.
import type { ListItem } from '../entry/entry.ts';

/** What a summary needs of an entry. */
export type Countable = Pick<
  ListItem,
  | 'id'
  | 'action'
  | 'verdict'
  | 'decision'
  | 'role'
  | 'accountId'
  | 'region'
  | 'environment'
  | 'user'
  | 'target'
>;
