import { describeDirectory } from './directory.ts';

describeDirectory('the local stack');
