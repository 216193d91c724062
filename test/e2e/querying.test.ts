import { describeQuerying } from './querying.ts';

describeQuerying('the local stack');
