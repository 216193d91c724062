import { describe, it } from 'vitest';
import { checkArchiveHistories } from './archiving-history.ts';

describe('archive', () => {
  it('archives every entry exactly once in many histories', () => checkArchiveHistories(150));
});
