import { describePaging } from './paging.ts';

describePaging('the local stack');
