// Log queries for people who look for an event, saved in CloudWatch Logs Insights under the stage's name.
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Watched } from './watched.ts';

export interface SavedQueriesProps {
  readonly watched: Watched;
  /** Folder of the queries. */
  readonly folder: string;
}

/** Ids by which an event can be looked for in the recorder's log; all but the first two are the producer's. */
const searchedIds = ['entryId', 'xrayTraceId', 'eventId', 'traceId', 'requestId', 'messageId'];

const queryText = {
  findEvent: {
    filter: searchedIds.map((name) => `${name} = 'ID'`).join(' or '),
    fields: ['@timestamp', 'level', 'message', ...searchedIds, 'verdict', 'late', 'codes', 'code'],
  },
  notRecorded: {
    filter: "level in ['WARN', 'ERROR']",
    fields: [
      '@timestamp',
      'level',
      'message',
      'messageId',
      'entryId',
      'code',
      'codes.0',
      'paths.0',
      'error.kind',
    ],
  },
  whoAsked: {
    filter: 'ispresent(caller.userId) and ispresent(message)',
    stats: 'count(*) as requests by caller.organizationId, caller.userId, caller.role, service',
  },
} as const;

/** The saved queries. */
export class SavedQueries extends Construct {
  constructor(scope: Construct, id: string, { watched, folder }: SavedQueriesProps) {
    super(scope, id);
    const { findEvent, notRecorded, whoAsked } = queryText;
    const recorderLog = [watched.recorder.logGroup];
    const newestFirst = { sort: '@timestamp desc', limit: 200 };
    const save = (name: string, title: string, logGroups: logs.ILogGroup[], text: logs.QueryStringProps) =>
      new logs.QueryDefinition(this, name, {
        queryDefinitionName: `${folder}/${title}`,
        logGroups,
        queryString: new logs.QueryString(text),
      });
    save('FindEvent', 'find an event by an id', recorderLog, {
      fields: [...findEvent.fields],
      filterStatements: [findEvent.filter],
      ...newestFirst,
    });
    save('NotRecorded', 'not recorded and why', recorderLog, {
      fields: [...notRecorded.fields],
      filterStatements: [notRecorded.filter],
      ...newestFirst,
    });
    save(
      'WhoAsked',
      'who asked',
      watched.functions.filter((handler) => handler !== watched.recorder).map(({ logGroup }) => logGroup),
      { filterStatements: [whoAsked.filter], statsStatements: [whoAsked.stats], sort: 'requests desc' },
    );
  }
}
