// The formats of list exports, for tests of pages and of what exports contain.
import { exportFormats } from '../../../core/export/export-formats.ts';

const list = { columns: 'list', isForSpreadsheet: false } as const;

export const csvFormat = exportFormats.csv(list);
export const ndjsonFormat = exportFormats.ndjson(list);
