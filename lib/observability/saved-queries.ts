// CloudWatch Logs Insights queries, saved under the name of the stage.
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Watched } from './watched.ts';

export interface SavedQueriesProps {
  readonly watched: Watched;
  /** Folder of the queries. */
  readonly folder: string;
}

/** IDs that identify an event in the recorder's log. The user replaces `ID` in the query with one of them. */
const searchedIds = ['entryId', 'eventId', 'traceId', 'requestId', 'xrayTraceId', 'messageId'];

const newestFirst = { sort: '@timestamp desc', limit: 200 };

const findEvent: logs.QueryStringProps = {
  fields: ['@timestamp', 'level', 'message', ...searchedIds, 'verdict', 'late', 'codes.0', 'code'],
  filterStatements: [searchedIds.map((name) => `${name} = 'ID'`).join(' or ')],
  ...newestFirst,
};

const notRecorded: logs.QueryStringProps = {
  fields: [
    '@timestamp',
    'message',
    'messageId',
    'entryId',
    'code',
    'codes.0',
    'paths.0',
    // A retryable error is wrapped (STORE_UNAVAILABLE). Its cause is the original error.
    'error.kind',
    'error.code',
    'error.cause.kind',
  ],
  filterStatements: ["level = 'ERROR' or ispresent(codes.0)"],
  ...newestFirst,
};

/** Each request logs one line with its caller. */
const whoAsked: logs.QueryStringProps = {
  filterStatements: ['ispresent(caller.userId)'],
  statsStatements: ['count(*) as requests by caller.organizationId, caller.userId, caller.role, service'],
  sort: 'requests desc',
};

/** The saved queries. */
export class SavedQueries extends Construct {
  constructor(scope: Construct, id: string, { watched, folder }: SavedQueriesProps) {
    super(scope, id);
    const { recorder, functions } = watched;
    const callerless = [recorder, watched.sealedLog.sealer];
    const queryLogs = functions
      .filter((handler) => !callerless.includes(handler))
      .map(({ logGroup }) => logGroup);
    const save = (name: string, title: string, logGroups: logs.ILogGroup[], text: logs.QueryStringProps) =>
      new logs.QueryDefinition(this, name, {
        queryDefinitionName: `${folder}/${title}`,
        logGroups,
        queryString: new logs.QueryString(text),
      });
    save('FindEvent', 'find an event by ID', [recorder.logGroup], findEvent);
    save('NotRecorded', 'not recorded and why', [recorder.logGroup], notRecorded);
    save('WhoAsked', 'who called the API', queryLogs, whoAsked);
  }
}
