import { describePermissions } from './permissions.ts';

describePermissions('the local stack');
