// Creates what a search needs from a function's environment. Shared by every function that lists entries.
import type { ExportPorts } from '../../core/export/export-page.ts';
import type { RecordedExportPorts } from '../../core/export/export-recorded.ts';
import { createIndexPorts } from './index-ports.ts';
import type { OpenLog } from './sealed-log.ts';

/** Creates the ports of a search or an export. Fails when a required environment variable is missing. */
export function createSearchPorts(): ExportPorts & RecordedExportPorts {
  let openLog: OpenLog | undefined;
  return {
    ...createIndexPorts(),
    openLog: async (organizationId) => {
      // Loaded on demand, because most requests are not in the order of the log.
      openLog ??= (await import('./sealed-log.ts')).connectLogs();
      return (await openLog(organizationId)).log;
    },
  };
}
