import { describeRedrive } from './redrive.ts';

describeRedrive();
