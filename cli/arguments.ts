// Parses the command line into a command. Every mistake throws a UsageError that names the option and the allowed
// values.
import { parseArgs } from 'node:util';
import { isEntryId } from '../core/entry/entry-id.ts';
import { columnSets } from '../core/export/export-format.ts';
import { exportFormatNames } from '../core/export/export-formats.ts';
import { filterNames, orders, parseQuery } from '../core/query/query.ts';
import { RequestLogsError } from '../core/values/errors.ts';
import { escapeForTerminal } from '../core/values/terminal-text.ts';
import { UsageError } from '../terminal/usage-error.ts';
import type { Command, ConnectionOptions, HelpCommand, Search, ViewReference } from './commands.ts';
import { readEvidenceFile, readIds } from './evidence-options.ts';
import { type Given, quote, readMoment, readSingle, rejectCombination } from './given-options.ts';
import { joinDiffTimes, readHistory } from './history-options.ts';
import { durationForms, parseDuration } from './moments.ts';
import { type CommandName, commandNames, optionRules, toOptionName } from './options.ts';
import { readSummaryOptions } from './summary-options.ts';
import { readWholeLog } from './verify-options.ts';
import { addViewOptions } from './view-options.ts';

const defaultLimit = 50;
const maxListLimit = 100_000;
const defaultWindowMillis = 15 * 60_000;
const defaultIntervalMillis = 5000;

/**
 * Parses the command and its connection options. `now` is asked only for relative times. Without `viewSearch`, the search
 * of the view that `--view` names, such a command is only a ViewReference. Throws UsageError.
 */
export function readArguments(
  argv: readonly string[],
  now: () => number,
  viewSearch?: string,
): HelpCommand | ((Command | ViewReference) & { readonly connection: ConnectionOptions }) {
  const { given, positionals } = readTokens(argv);
  const [word, ...rest] = positionals;
  const named = readCommandName(word);
  if (given.has('help')) return { name: 'help', command: named };
  const name = given.has('follow') && (named ?? 'list') === 'list' ? 'follow' : (named ?? 'list');
  requireKnown(given, name);
  const extra = name === 'show' || name === 'history' ? rest[1] : rest[0];
  if (extra !== undefined) throw new UsageError(`${quote(extra)} is an unexpected argument for ${name}`);
  const connection = {
    url: readSingle(given, 'url'),
    tokenFile: readSingle(given, 'token-file'),
    persona: readSingle(given, 'persona'),
  };
  const viewName = readSingle(given, 'view');
  if (viewName !== undefined && viewSearch === undefined) return { name: 'view', viewName, connection };
  const options = viewSearch === undefined ? given : addViewOptions(given, viewSearch, name);
  return { ...readCommand(name, options, rest[0], now), connection };
}

function readCommand(name: CommandName, given: Given, id: string | undefined, now: () => number): Command {
  if (name === 'show') return { name, id: readId(id), output: given.has('json') ? 'json' : 'text' };
  if (name === 'history') return readHistory(given, id, now);
  const search = readSearch(given, now);
  if (name === 'summary') return { name, search, ...readSummaryOptions(given, search) };
  if (name === 'verify') {
    return {
      name,
      entryId: readEntryOption(given),
      ...readWholeLog(given),
      search,
      since: readSingle(given, 'since'),
      stateFile: readSingle(given, 'state'),
      output: given.has('json') ? 'json' : 'text',
    };
  }
  if (name === 'evidence') {
    return {
      name,
      ids: readIds(given),
      search,
      file: readEvidenceFile(given),
      force: given.has('force'),
      stateFile: readSingle(given, 'state'),
    };
  }
  if (name === 'follow') {
    const isExact = given.has('exact');
    if (!isExact && given.has('since-cursor')) throw new UsageError('--since-cursor requires --exact');
    return {
      name,
      search,
      windowMillis: readDuration(given, 'window') ?? defaultWindowMillis,
      intervalMillis: readDuration(given, 'interval') ?? defaultIntervalMillis,
      isExact,
      cursorFile: readSingle(given, 'since-cursor'),
      searchKey: toExportKey(given),
      output: given.has('ndjson') ? 'ndjson' : 'table',
    };
  }
  if (name === 'export') {
    const file = readSingle(given, 'output');
    const format = readFormat(given, file);
    const spreadsheet = given.has('spreadsheet');
    if (spreadsheet && format !== 'csv') {
      throw new UsageError('--spreadsheet requires the format csv: other formats keep every text as it is');
    }
    return {
      name,
      search: readExportOrder(given, search),
      exportKey: toExportKey(given),
      format,
      columns: readOneOf(given, 'columns', columnSets) ?? 'list',
      spreadsheet,
      file,
      cursorFile: readSingle(given, 'since-cursor'),
      restart: given.has('restart'),
      force: given.has('force'),
    };
  }
  rejectCombination(given, 'json', 'ndjson');
  rejectCombination(given, 'all', 'limit');
  return {
    name,
    search,
    limit: given.has('all') ? undefined : readLimit(given),
    cursor: readSingle(given, 'cursor'),
    output: given.has('json') ? 'json' : given.has('ndjson') ? 'ndjson' : 'table',
  };
}

/** A position in the sealed log needs the order of the log. */
function readExportOrder(given: Given, search: Search): Search {
  if (!given.has('since-cursor')) return search;
  if (search.order === undefined || search.order === 'recorded') return { ...search, order: 'recorded' };
  throw new UsageError(`--since-cursor requires --order recorded; got ${quote(search.order)}`);
}

const shortOptions: Readonly<Record<string, string>> = { '-h': '--help', '-o': '--output' };

function readTokens(argv: readonly string[]): { given: Given; positionals: string[] } {
  const options = Object.fromEntries(
    Object.entries(optionRules).map(([name, { value }]) => [
      name,
      { type: value === undefined ? ('boolean' as const) : ('string' as const) },
    ]),
  );
  const { tokens, positionals } = parseArgs({
    args: joinDiffTimes(argv).map((arg) => shortOptions[arg] ?? arg),
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const rule = Object.hasOwn(optionRules, token.name) ? optionRules[token.name] : undefined;
    const option = escapeForTerminal(token.rawName);
    if (token.name === 'token') {
      throw new UsageError(
        '--token is not supported, because every user of this machine can read it in the process list; set REQUEST_LOGS_TOKEN or use --token-file',
      );
    }
    if (rule === undefined) {
      const name = commandNames.find((known) => known === positionals[0]) ?? 'list';
      throw new UsageError(`${option} is not a valid option; valid options: ${optionList(name)}`);
    }
    const isMissing = token.value === undefined || (!token.inlineValue && /^--?[a-z]/.test(token.value));
    if (rule.value !== undefined && isMissing)
      throw new UsageError(`${option} requires a value: ${rule.help}`);
    if (rule.value === undefined && token.value !== undefined) {
      throw new UsageError(`${option} does not take a value`);
    }
    const values = given.get(token.name) ?? [];
    if (values.length > 0 && rule.value !== undefined && !rule.isRepeatable) {
      throw new UsageError(`${option} can be used only once`);
    }
    given.set(token.name, [...values, token.value ?? '']);
  }
  return { given, positionals };
}

function optionList(command: CommandName): string {
  return Object.entries(optionRules)
    .filter(([, { commands }]) => commands.includes(command))
    .map(([name]) => `--${name}`)
    .join(', ');
}

function readCommandName(word: string | undefined): CommandName | undefined {
  if (word === undefined) return undefined;
  const name = commandNames.find((known) => known === word);
  if (name !== undefined) return name;
  throw new UsageError(`${quote(word)} is not a valid command; valid commands: ${commandNames.join(', ')}`);
}

function requireKnown(given: Given, name: CommandName): void {
  for (const option of given.keys()) {
    if (optionRules[option]?.commands.includes(name)) continue;
    throw new UsageError(`--${option} is not a valid option for ${name}; valid options: ${optionList(name)}`);
  }
}

function readId(id: string | undefined): string {
  if (id !== undefined && isEntryId(id)) return id;
  const is = id === undefined ? '' : `; got ${quote(id)}`;
  throw new UsageError(`show requires an entry ID: 26 characters, as shown by \`list\`${is}`);
}

/** Reads --entry, which no filter can be combined with. */
function readEntryOption(given: Given): string | undefined {
  const id = readSingle(given, 'entry');
  if (id === undefined) return undefined;
  if (!isEntryId(id)) throw new UsageError(`--entry must be an entry ID: 26 characters; got ${quote(id)}`);
  const filter = [...given.keys()].find((option) => optionRules[option]?.group === 'Filters');
  if (filter !== undefined) rejectCombination(given, 'entry', filter);
  return id;
}

/** Validates filters with the API's own parser, so that the CLI and the API accept the same values. */
function readSearch(given: Given, now: () => number): Search {
  const from = readMoment(given, 'from', now);
  const to = readMoment(given, 'to', now);
  const recordedFrom = readMoment(given, 'recorded-from', now);
  const recordedTo = readMoment(given, 'recorded-to', now);
  const parameters = new URLSearchParams();
  const set = (name: string, value: string | undefined) => value && parameters.append(name, value);
  set('from', from);
  set('to', to);
  set('recordedFrom', recordedFrom);
  set('recordedTo', recordedTo);
  set('order', readSingle(given, 'order'));
  for (const name of filterNames) {
    const option = toOptionName(name);
    const isFlag = optionRules[option]?.value === undefined;
    for (const value of given.get(option) ?? []) parameters.append(name, isFlag ? 'true' : value);
  }
  try {
    const { filters } = parseQuery(parameters.toString());
    const order = orders.find((known) => known === readSingle(given, 'order'));
    return { from, to, recordedFrom, recordedTo, order, filters };
  } catch (error) {
    if (!(error instanceof RequestLogsError)) throw error;
    const values = (given.get(toOptionName(error.field ?? '')) ?? []).map(quote).join(', ');
    const message = error.message.replace(/\b[a-z]+[A-Z]\w*/g, toOptionName);
    throw new UsageError(`--${message}${values === '' ? '' : `; got ${values}`}`);
  }
}

function readDuration(given: Given, name: string): number | undefined {
  const text = readSingle(given, name);
  if (text === undefined) return undefined;
  const millis = parseDuration(text);
  if (millis !== undefined && millis > 0) return millis;
  throw new UsageError(`--${name} must be ${durationForms}; got ${quote(text)}`);
}

function readLimit(given: Given): number {
  const text = readSingle(given, 'limit');
  if (text === undefined) return defaultLimit;
  const limit = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= maxListLimit) return limit;
  throw new UsageError(`--limit must be a whole number from 1 to ${maxListLimit}; got ${quote(text)}`);
}

function readFormat(given: Given, file: string | undefined): 'csv' | 'ndjson' {
  const byName = /\.(?:ndjson|jsonl)$/i.test(file ?? '') ? 'ndjson' : 'csv';
  return readOneOf(given, 'format', exportFormatNames) ?? byName;
}

function readOneOf<Value extends string>(
  given: Given,
  name: string,
  allowed: readonly Value[],
): Value | undefined {
  const text = readSingle(given, name);
  const value = allowed.find((known) => known === text);
  if (value !== undefined || text === undefined) return value;
  throw new UsageError(`--${name} must be one of ${allowed.join(', ')}; got ${quote(text)}`);
}

/** Serializes the options that determine which entries are exported. */
function toExportKey(given: Given): string {
  const names = [
    'from',
    'to',
    'recorded-from',
    'recorded-to',
    'order',
    'columns',
    'spreadsheet',
    ...filterNames.map(toOptionName),
  ];
  return JSON.stringify(names.flatMap((name) => (given.has(name) ? [[name, given.get(name)]] : [])));
}
