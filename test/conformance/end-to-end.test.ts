import { describeDirectory } from '../e2e/directory.ts';
import { describeExport } from '../e2e/export.ts';
import { describeLargeEntries } from '../e2e/large-entries.ts';
import { describePaging } from '../e2e/paging.ts';
import { describePermissions } from '../e2e/permissions.ts';
import { describeQuerying } from '../e2e/querying.ts';
import { describeRecording } from '../e2e/recording.ts';
import { describeSealing } from '../e2e/sealing.ts';
import { startDynoxide } from '../support/dynoxide.ts';

const options = { startEngine: startDynoxide };

describeRecording('on dynoxide', options);
describeQuerying('on dynoxide', options);
describePaging('on dynoxide', options);
describePermissions('on dynoxide', options);
describeExport('on dynoxide', options);
describeDirectory('on dynoxide', options);
describeLargeEntries('on dynoxide', options);
describeSealing('on dynoxide', options);
