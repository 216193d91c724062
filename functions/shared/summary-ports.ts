// Creates what a summary needs from a function's environment: the indexes, and the segments of the sealed log.
import type { SummaryPorts } from '../../core/counts/summarize-log.ts';
import { environmentNames } from '../../core/deployment/environment-names.ts';
import { readText } from './environment-variables.ts';
import { createIndexPorts } from './index-ports.ts';

/** Creates the ports of a summary. Fails when a required environment variable is missing. */
export function createSummaryPorts(): SummaryPorts {
  const bucketName = readText(environmentNames.logBucketName);
  let connected: Promise<SummaryPorts['countObjects']> | undefined;
  const connect = () => {
    connected ??= import('./s3-count-objects.ts').then((module) => module.connectCountObjects(bucketName));
    return connected;
  };
  return {
    ...createIndexPorts(),
    countObjects: {
      get: async (key) => (await connect()).get(key),
      list: async (prefix, startAfter) => (await connect()).list(prefix, startAfter),
    },
  };
}
