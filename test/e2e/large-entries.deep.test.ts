import { describeLargeEntries } from './large-entries.ts';

describeLargeEntries('the local stack');
