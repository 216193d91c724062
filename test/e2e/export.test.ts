import { describeExport } from './export.ts';

describeExport('the local stack');
