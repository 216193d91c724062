import { describeSealing } from './sealing.ts';

describeSealing('the local stack');
