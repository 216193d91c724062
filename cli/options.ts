// Defines every command-line option. Parsing, validation and help use this list.
import { targetTypeExamples } from '../core/contract/target-types.ts';
import { defaultTop } from '../core/counts/merge-summaries.ts';
import { dimensions } from '../core/counts/summary.ts';
import { maxTop } from '../core/counts/summary-query.ts';
import { detailFilterNames, filterNames } from '../core/query/filters.ts';

export const commandNames = [
  'list',
  'show',
  'history',
  'follow',
  'export',
  'summary',
  'verify',
  'evidence',
] as const;
export type CommandName = (typeof commandNames)[number];

/** Defines one option. */
export interface OptionRule {
  /** Placeholder for the value in the help; absent for a flag. */
  readonly value?: string;
  readonly isRepeatable?: boolean;
  readonly help: string;
  readonly commands: readonly CommandName[];
  /** Group heading in the help. */
  readonly group: 'Filters' | 'Options' | 'Connection';
}

const all = commandNames;
const searching = ['list', 'follow', 'export', 'summary', 'verify', 'evidence'] as const;
/** Commands that search a fixed range. */
const ranged = ['list', 'export', 'summary', 'verify', 'evidence'] as const;
/** Commands that support every filter. */
const finding = ['list', 'export', 'summary'] as const;

/** The filters that select one of several targets with the same ID. */
const identifying: ReadonlySet<string> = new Set(['account', 'region', 'type']);

const filterHelp: Readonly<
  Record<(typeof filterNames)[number], readonly [value: string | undefined, help: string]>
> = {
  action: ['ACTION', 'CREATE, UPDATE or DELETE'],
  user: ['ID', 'ID of the user who made the change, such as u-2077 (not a name)'],
  account: ['ID', '12-digit AWS account ID'],
  region: ['REGION', 'AWS region, such as eu-west-1'],
  resource: ['NAME', 'name of the service or resource'],
  service: ['NAME', 'name of a service; includes the resources attached to it'],
  target: ['ID', 'ID of the service or resource'],
  kind: ['KIND', 'SERVICE or RESOURCE'],
  type: ['TYPE', `type of the service or resource, such as ${targetTypeExamples}`],
  environment: ['NAME', 'environment name, as reported by the service'],
  verdict: ['VERDICT', 'PERMITTED, DENIED, VIOLATION or UNKNOWN_ROLE'],
  actorType: ['TYPE', 'user, service or agent'],
  changed: ['PATH', "path of a change, such as instanceClass, 'ingress.*' or environment.LOG_LEVEL"],
  changedFrom: ['VALUE', 'exact value before the change'],
  changedTo: ['VALUE', 'exact value after the change'],
  reason: ['WORDS', 'words that all occur in the reason'],
  ip: ['ADDRESS', 'source IP address, or a CIDR block such as 10.0.0.0/8'],
  requestId: ['ID', 'ID of the request to the service, or of an AWS call of the action'],
  traceId: ['ID', 'ID of the distributed trace'],
  workRef: ['REF', 'ticket, pull request or deployment that asked for the action'],
  disputed: [undefined, 'only entries that another event with the same ID but different content disputes'],
};

const filters = Object.fromEntries(
  filterNames.map((name): [string, OptionRule] => {
    const [value, help] = filterHelp[name];
    const option = toOptionName(name);
    // A dispute can arrive long after its entry, when `follow` does not read that time any more.
    if (value === undefined) return [option, { help, commands: ['list', 'export'], group: 'Filters' }];
    // Each poll of `follow` would read the details of the same entries again.
    const isDetail = (detailFilterNames as readonly string[]).includes(name);
    const commands: readonly CommandName[] = isDetail
      ? finding
      : identifying.has(name)
        ? [...searching, 'history']
        : searching;
    return [option, { value, help, isRepeatable: true, commands, group: 'Filters' }];
  }),
);

/** Returns the option of an API parameter: `recorded-from` for `recordedFrom`. */
export function toOptionName(parameter: string): string {
  return parameter.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The options by name, without the leading dashes, in the order of the help. */
export const optionRules: Readonly<Record<string, OptionRule>> = {
  from: {
    value: 'TIME',
    help: 'start of the range, inclusive: a time, a UTC date, or a relative time (30m, 24h, 7d)',
    commands: searching,
    group: 'Filters',
  },
  to: {
    value: 'TIME',
    help: 'end of the range, inclusive; a date includes the full day',
    commands: ranged,
    group: 'Filters',
  },
  'recorded-from': {
    value: 'TIME',
    help: 'only entries recorded at or after this time, whenever the action occurred',
    commands: ranged,
    group: 'Filters',
  },
  'recorded-to': {
    value: 'TIME',
    help: 'only entries recorded at or before this time',
    commands: ranged,
    group: 'Filters',
  },
  ...filters,
  order: {
    value: 'ORDER',
    help: 'desc (newest first), asc, or recorded: the order of the sealed log (default: desc)',
    commands: ['list', 'export'],
    group: 'Filters',
  },
  at: {
    value: 'TIME',
    help: 'show the state at this time; a date means the end of that UTC day',
    commands: ['history'],
    group: 'Options',
  },
  diff: {
    value: 'FROM TO',
    help: 'show what changed between two times',
    commands: ['history'],
    group: 'Options',
  },
  'known-at': {
    value: 'TIME',
    help: 'leave out entries that were recorded after this time',
    commands: ['history'],
    group: 'Options',
  },
  view: {
    value: 'NAME',
    help: 'start from a saved view, yours or shared; options that you pass replace those of the view',
    commands: ['list', 'export', 'summary'],
    group: 'Options',
  },
  limit: {
    value: 'N',
    help: 'maximum number of entries to list (default: 50)',
    commands: ['list'],
    group: 'Options',
  },
  all: {
    help: 'list every entry in the range; verify: verify every place in the log, in order, and that none is missing',
    commands: ['list', 'history', 'verify'],
    group: 'Options',
  },
  bucket: {
    value: 'DIR',
    help: 'verify a copy of the log bucket, without the API',
    commands: ['verify'],
    group: 'Options',
  },
  organization: {
    value: 'ID',
    help: 'organization to verify in the copy (default: the only one)',
    commands: ['verify'],
    group: 'Options',
  },
  key: {
    value: 'FILE',
    help: 'file with the verifier key of the copy (default: the key that an earlier run pinned)',
    commands: ['verify'],
    group: 'Options',
  },
  cursor: {
    value: 'CURSOR',
    help: 'continue a previous list from its cursor; use the same filters',
    commands: ['list'],
    group: 'Options',
  },
  follow: { help: 'same as the follow command', commands: ['list', 'follow'], group: 'Options' },
  window: {
    value: 'TIME',
    help: 'how far back the first poll searches (default: 15m)',
    commands: ['follow'],
    group: 'Options',
  },
  'group-by': {
    value: 'FIELDS',
    help: `group by one or two of ${dimensions.join(', ')}`,
    isRepeatable: true,
    commands: ['summary'],
    group: 'Options',
  },
  interval: {
    value: 'TIME',
    help: 'follow: time between polls (default: 5s); summary --group-by time: hour, day, week or auto (default: auto)',
    commands: ['follow', 'summary'],
    group: 'Options',
  },
  'time-zone': {
    value: 'ZONE',
    help: 'time zone of hours, days and weeks, such as Europe/Berlin (default: UTC)',
    commands: ['summary'],
    group: 'Options',
  },
  compare: {
    help: 'compare with the previous period; requires --from',
    commands: ['summary'],
    group: 'Options',
  },
  top: {
    value: 'N',
    help: `maximum number of groups to print, up to ${maxTop} (default: ${defaultTop})`,
    commands: ['summary'],
    group: 'Options',
  },
  'order-by': {
    value: 'NUMBER',
    help: 'count, denied or change: print the largest groups by this number (default: count)',
    commands: ['summary'],
    group: 'Options',
  },
  'as-of': {
    value: 'SIZE',
    help: 'count what the sealed log had at this size, to repeat earlier numbers; requires --to',
    commands: ['summary'],
    group: 'Options',
  },
  'max-requests': {
    value: 'N',
    help: 'maximum number of requests to get exact numbers (default: 50)',
    commands: ['summary'],
    group: 'Options',
  },
  json: {
    help: 'print the result as JSON',
    commands: ['list', 'show', 'history', 'summary', 'verify'],
    group: 'Options',
  },
  exact: {
    help: 'follow the sealed log: print each entry once, in the order of the log, when it is sealed',
    commands: ['follow'],
    group: 'Options',
  },
  'since-cursor': {
    value: 'FILE',
    help: 'file with the position in the sealed log: continue after it, and save the new one (follow: with --exact)',
    commands: ['follow', 'export'],
    group: 'Options',
  },
  ndjson: { help: 'print one JSON entry per line', commands: ['list', 'follow'], group: 'Options' },
  format: {
    value: 'FORMAT',
    help: 'csv or ndjson (default: from the file extension, or csv)',
    commands: ['export'],
    group: 'Options',
  },
  columns: {
    value: 'SET',
    help: 'list, or full: states, changes, reason, email, IP address and everything else that show prints (default: list)',
    commands: ['export'],
    group: 'Options',
  },
  spreadsheet: {
    help: 'write CSV in which Excel and LibreOffice keep every ID and name unchanged',
    commands: ['export'],
    group: 'Options',
  },
  output: {
    value: 'FILE',
    help: 'output file, created when it is complete (default of export: standard output)',
    commands: ['export', 'evidence'],
    group: 'Options',
  },
  restart: {
    help: 'start over instead of resuming from FILE.part',
    commands: ['export'],
    group: 'Options',
  },
  force: { help: 'overwrite FILE if it exists', commands: ['export', 'evidence'], group: 'Options' },
  id: {
    value: 'ID',
    isRepeatable: true,
    help: 'ID of an entry; repeat it for several',
    commands: ['evidence'],
    group: 'Options',
  },
  entry: {
    value: 'ID',
    help: 'verify only this entry',
    commands: ['verify'],
    group: 'Options',
  },
  since: {
    value: 'FILE',
    help: 'file with a checkpoint that the log must continue, such as one that you kept elsewhere',
    commands: ['verify'],
    group: 'Options',
  },
  witness: {
    value: 'KEY',
    isRepeatable: true,
    help: 'verifier key of a witness that must have cosigned the log; repeat it for several',
    commands: ['verify'],
    group: 'Options',
  },
  state: {
    value: 'FILE',
    help: 'file with the pinned keys and checkpoints (default: request-logs/logs.json in the configuration folder)',
    commands: ['verify', 'evidence'],
    group: 'Options',
  },
  url: {
    value: 'URL',
    help: 'API URL (default: REQUEST_LOGS_URL, or http://localhost:<PORT or 3000>)',
    commands: all,
    group: 'Connection',
  },
  'token-file': {
    value: 'FILE',
    help: 'file with the access token, or - for standard input (default: REQUEST_LOGS_TOKEN)',
    commands: all,
    group: 'Connection',
  },
  persona: {
    value: 'NAME',
    help: 'persona to use with the local stack (default: auditor)',
    commands: all,
    group: 'Connection',
  },
  help: { help: 'show this help', commands: all, group: 'Connection' },
};
