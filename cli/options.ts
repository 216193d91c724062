// Every option of the command line: the one list that reading, checking and help come from.
import { targetTypeExamples } from '../core/contract/target-types.ts';
import { filterNames } from '../core/query/query.ts';

export const commandNames = ['list', 'show', 'follow', 'export'] as const;
export type CommandName = (typeof commandNames)[number];

export interface OptionRule {
  /** What stands for its value in the help; absent for a switch. */
  readonly value?: string;
  readonly isRepeatable?: boolean;
  readonly help: string;
  readonly commands: readonly CommandName[];
  /** Heading in the help. */
  readonly group: 'Which entries' | 'How' | 'Which API';
}

const all = commandNames;
const searching = ['list', 'follow', 'export'] as const;

const filterHelp: Readonly<Record<(typeof filterNames)[number], readonly [string, string]>> = {
  action: ['ACTION', 'CREATE, UPDATE or DELETE'],
  user: ['ID', 'who did it, by user id such as u-2077, not by name'],
  account: ['ID', 'AWS account, 12 digits'],
  region: ['REGION', 'AWS region, such as eu-west-1'],
  resource: ['NAME', "name of the service or resource; 'orders*' is every name that begins so"],
  service: ['NAME', 'a service and what is attached to it'],
  target: ['ID', 'id of the service or resource'],
  kind: ['KIND', 'SERVICE or RESOURCE'],
  type: ['TYPE', `such as ${targetTypeExamples}`],
  environment: ['NAME', 'environment, as services name it'],
  verdict: ['VERDICT', 'PERMITTED, DENIED, VIOLATION or UNKNOWN_ROLE'],
};

const filters = Object.fromEntries(
  filterNames.map((name): [string, OptionRule] => {
    const [value, help] = filterHelp[name];
    return [name, { value, help, isRepeatable: true, commands: searching, group: 'Which entries' }];
  }),
);

export const optionRules: Readonly<Record<string, OptionRule>> = {
  from: {
    value: 'TIME',
    help: 'at or after: a time, a UTC day, or how long ago (30m, 24h, 7d)',
    commands: searching,
    group: 'Which entries',
  },
  to: {
    value: 'TIME',
    help: 'at or before; a day counts whole',
    commands: ['list', 'export'],
    group: 'Which entries',
  },
  ...filters,
  order: {
    value: 'ORDER',
    help: 'desc (newest first, the default) or asc',
    commands: ['list', 'export'],
    group: 'Which entries',
  },
  limit: { value: 'N', help: 'entries to show at most (default 50)', commands: ['list'], group: 'How' },
  all: { help: 'show every entry, to the end of the range', commands: ['list'], group: 'How' },
  cursor: {
    value: 'CURSOR',
    help: 'go on where an earlier list stopped, with its filters',
    commands: ['list'],
    group: 'How',
  },
  follow: { help: 'the same as the command follow', commands: ['list', 'follow'], group: 'How' },
  window: {
    value: 'TIME',
    help: 'how far back every look goes (default 15m)',
    commands: ['follow'],
    group: 'How',
  },
  interval: {
    value: 'TIME',
    help: 'time between two looks (default 5s)',
    commands: ['follow'],
    group: 'How',
  },
  json: { help: 'the answer as JSON', commands: ['list', 'show'], group: 'How' },
  ndjson: { help: 'one entry a line, as JSON', commands: ['list', 'follow'], group: 'How' },
  format: {
    value: 'FORMAT',
    help: 'csv or ndjson (default: what the file name says, else csv)',
    commands: ['export'],
    group: 'How',
  },
  output: {
    value: 'FILE',
    help: 'where to; it appears once it is whole (default: standard output)',
    commands: ['export'],
    group: 'How',
  },
  restart: {
    help: 'start anew instead of going on with an unfinished FILE.part',
    commands: ['export'],
    group: 'How',
  },
  force: { help: 'replace FILE when it is there already', commands: ['export'], group: 'How' },
  url: {
    value: 'URL',
    help: 'the API (default REQUEST_LOGS_URL, else http://localhost:<PORT or 3000>)',
    commands: all,
    group: 'Which API',
  },
  token: {
    value: 'TOKEN',
    help: 'the token to send; better REQUEST_LOGS_TOKEN, which no process list shows',
    commands: all,
    group: 'Which API',
  },
  persona: {
    value: 'NAME',
    help: 'who to be at the local stack (default auditor)',
    commands: all,
    group: 'Which API',
  },
  help: { help: 'this help', commands: all, group: 'Which API' },
};
